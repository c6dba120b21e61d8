import { crc32 } from "node:zlib";

/** What is not what we wrote, though SQLite finds no fault in its file. */
export class Damage extends Error {
  override readonly name = "Damage";
}

/** What stands beside a text that is kept, so that a flipped bit in it is known. */
export function sumOf(text: string): number {
  return crc32(text);
}

/** The text of a row, if it is what was written. @param what names it for the operator */
export function intact(what: string, text: unknown, sum: unknown): string {
  if (typeof text !== "string" || sumOf(text) !== sum) throw new Damage(`${what} is not what was written`);
  return text;
}
