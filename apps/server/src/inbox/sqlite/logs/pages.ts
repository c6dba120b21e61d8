import type { Seq } from "@carillon/protocol";
import { lineOf, type Row, rowIn } from "./row.ts";

/**
 * A log is kept in pages: what one page holds is written and read together. A page costs about as much as a row of its own would,
 * so each entry costs a fraction of that.
 */
export const PAGE_ROWS = 32;

/** The page that holds this seq: 0 is the first. */
export function pageOf(seq: Seq): number {
  return Math.floor((seq - 1) / PAGE_ROWS);
}

/** Whether a page begins with this seq. */
export function isFirst(seq: Seq): boolean {
  return (seq - 1) % PAGE_ROWS === 0;
}

/** The key of a page, unique over all logs: the pages of one log are neighbours, in their order. */
export function pageKey(logId: number, page: number): number {
  return logId * PAGES_OF_LOG + page;
}

/** The log whose page has this key. */
export function logIdIn(key: number): number {
  return Math.floor(key / PAGES_OF_LOG);
}

/** So many pages fit between the keys of two logs: half a billion entries; and so many logs fit below 2^53. */
const PAGES_OF_LOG = 2 ** 24;

export function pageText(rows: readonly Row[]): string {
  return rows.map(lineOf).join("\n");
}

export function rowsIn(text: string): Row[] {
  return text === "" ? [] : text.split("\n").map(rowIn);
}
