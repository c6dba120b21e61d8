import { number } from "./numbers.ts";
import type { Spread } from "./spread.ts";

export type Bar = { readonly name: string; readonly spread: Spread; readonly isOurs: boolean };

/** Bars beside each other as SVG, a line from the least to the most on each; readable on light and dark. */
export function barPlot(title: string, unit: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ spread }) => spread.most));
  const scale = (WIDTH - LEFT - RIGHT) / most;
  const height = TOP + bars.length * ROW + BOTTOM;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .unit { fill: #59636e; }
  .bar { fill: #a3b1c2; }
  .ours { fill: #2f6feb; }
  .spread { stroke: #1f2328; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .unit { fill: #9198a1; }
    .bar { fill: #4d5a69; }
    .ours { fill: #5c96ff; }
    .spread { stroke: #f0f6fc; }
  }
</style>
<text class="title" x="0" y="18">${escaped(title)}</text>
<text class="unit" x="0" y="37">${escaped(unit)}</text>
${bars.map((bar, index) => row(bar, TOP + index * ROW, scale)).join("\n")}
</svg>
`;
}

const WIDTH = 720;
const LEFT = 160;
const RIGHT = 90;
const TOP = 52;
const BOTTOM = 8;
const ROW = 28;
const THICK = 18;

function row({ name, spread: { median, least, most }, isOurs }: Bar, y: number, scale: number): string {
  const middle = y + THICK / 2;
  const end = LEFT + most * scale;
  return [
    `<text x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${escaped(name)}</text>`,
    `<rect class="${isOurs ? "ours" : "bar"}" x="${LEFT}" y="${y}" width="${round(median * scale)}" height="${THICK}" rx="2"/>`,
    `<line class="spread" x1="${round(LEFT + least * scale)}" y1="${middle}" x2="${round(end)}" y2="${middle}"/>`,
    `<text x="${round(end + 8)}" y="${middle + 4}">${number(median)}</text>`,
  ].join("\n");
}

function round(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
