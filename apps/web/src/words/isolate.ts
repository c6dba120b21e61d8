/** Keeps a foreign string from turning the direction of the sentence around it (Unicode's FSI and PDI). */
export function isolate(foreign: string): string {
  return `\u2068${foreign}\u2069`;
}
