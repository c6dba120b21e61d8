/** A colour angle (0 to 359) for a name: always the same for one name, far apart for names that differ by little. */
export function hueOf(name: string): number {
  let hash = 0x811c9dc5; // FNV-1a, then a golden-ratio scatter for names such as 100 and 101.
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return Math.floor(((Math.imul(hash, 0x9e3779b1) >>> 0) / 2 ** 32) * 360);
}

/** What an avatar shows of a name: its first character as people count them. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first === undefined ? "?" : first.segment.toLocaleUpperCase();
}
