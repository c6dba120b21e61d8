const LINES = 4;
const WIDTH = 68;

/**
 * Whether a text is longer than the four lines that a row shows of it, judged by the widest column it can stand in:
 * what is called short is never cut, however narrow the screen.
 */
export function isLong(text: string): boolean {
  const lines = text.split("\n");
  let shown = 0;
  for (const line of lines) shown += Math.max(1, Math.ceil(widthOf(line) / WIDTH));
  return shown > LINES;
}

// Ideographs, kana and hangul take about two Latin letters' room.
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/gu;

function widthOf(line: string): number {
  return line.length + (line.match(WIDE)?.length ?? 0);
}
