import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as flags from "../flags.ts";

/** What the functions are called on the server: the same source has the same names, so that hubs of two versions do not meet. */
export type FunctionName =
  | ReadFunction
  | WriteFunction
  | PlaceFunction
  | "settle"
  | "adopt"
  | "adopted"
  | "note"
  | "noted"
  | "revokeUser"
  | "revokeToken";

/** About who is where. */
export type PlaceFunction = "hubs" | "depart" | "place" | "places" | "stamp" | "attend";

/** Asks one user's log. */
export type ReadFunction = "open" | "read" | "page" | "draft" | "unacknowledged" | "untold" | "ending";

/** Changes one user's log. */
export type WriteFunction =
  | "claim"
  | "receive"
  | "sent"
  | "acknowledge"
  | "tell"
  | "mark"
  | "retract"
  | "edit"
  | "snooze"
  | "mute"
  | "quiet"
  | "lapse"
  | "expire";

/** Entries that one mark, or one acknowledgement, looks at in one call. */
const STEP = 500;

/** A file of the library knows what the ones before it have made. */
const FILES = [
  "book",
  "retention",
  "registering",
  "places",
  "sending",
  "marking",
  "rewriting",
  "silence",
  "lapsing",
  "reading",
  "revoking",
  "adopting",
];

const body = FILES.map((file) => readFileSync(new URL(`lua/${file}.lua`, import.meta.url), "utf8")).join("\n");
const constants = Object.entries({ ...numbers(flags), STEP }).map(([name, value]) => `local ${name} = ${value}`);
const source = [...constants, body].join("\n");
const name = `carillon_${createHash("sha256").update(source).digest("hex").slice(0, 12)}`;

/** The server's half of this store, as `FUNCTION LOAD` takes it. */
export const LIBRARY = `#!lua name=${name}\nlocal NAME = '${name}_'\n${source}`;

export function nameOf(fn: FunctionName): string {
  return `${name}_${fn}`;
}

function numbers(values: object): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "number"));
}
