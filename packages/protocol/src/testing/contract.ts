import { readFileSync } from "node:fs";

const contract = readFileSync(new URL("../../PROTOCOL.md", import.meta.url), "utf8");

/** The rows of the one table of PROTOCOL.md whose head has these cells. */
export function tableOf(...head: readonly string[]): readonly (readonly string[])[] {
  const lines = contract.split("\n");
  const start = lines.indexOf(`| ${head.join(" | ")} |`);
  if (start < 0) throw new Error(`PROTOCOL.md has no table with the head ${head.join(", ")}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

/** What PROTOCOL.md says in the paragraph of this rule. */
export function ruleOf(rule: string): string {
  const found = contract.split("\n").find((line) => line.startsWith(`**${rule}. `));
  if (found === undefined) throw new Error(`PROTOCOL.md has no rule ${rule}`);
  return found;
}

/** What a cell shows `like this`. */
export function quoted(cell: string): readonly string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, word = ""]) => word);
}

/** The number after `before`, read without its thousands separators. */
export function numberAfter(before: RegExp, sentence: string): number {
  const [, digits] = new RegExp(`${before.source}([\\d,]+)`, "u").exec(sentence) ?? [];
  if (digits === undefined) throw new Error(`no number after ${before.source} in: ${sentence}`);
  return Number(digits.replaceAll(",", ""));
}
