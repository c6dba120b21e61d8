import type { Entry, Seq } from "@carillon/protocol";

/**
 * An entry as it leaves, and of it what the hub goes by. Stores keep JSON and lines send JSON: to make an object of it on the way,
 * and again for the other thread, costs 11 µs a notification of some 100.
 */
export type Written = { readonly kind: Entry["kind"]; readonly seq: Seq; readonly json: string };

/** `json` begins with kind and seq if the entry does. */
export function written(entry: Entry): Written {
  return { kind: entry.kind, seq: entry.seq, json: JSON.stringify(entry) };
}

/** The entry itself: for whoever does not only hand it on. */
export function entryIn({ json }: Written): Entry {
  return JSON.parse(json);
}
