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

/** One line of an example, long ones joined: what stands before the first blanks, and the rest. */
export type ExampleLine = { readonly what: string; readonly said: string };

/** The rules of carillon.v1 (not the dialect's), each with the lines of its examples. */
export function examples(): ReadonlyMap<string, readonly ExampleLine[]> {
  const sections = contract.split(/^\*\*(?=P\d+\. )/mu).slice(1);
  return new Map(sections.map((section) => [section.slice(0, section.indexOf(".")), exampleLines(section)]));
}

function exampleLines(section: string): readonly ExampleLine[] {
  const blocks = Array.from(section.matchAll(/^```\n([^]*?)^```/gmu), ([, block = ""]) => block);
  const joined = blocks
    .join("")
    .replaceAll(/^ +\(.*\)\n/gmu, "")
    .replaceAll(/\n +/gu, " ");
  return joined
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [what = "", ...said] = line.split(/ +/u);
      return { what, said: said.join(" ") };
    });
}
