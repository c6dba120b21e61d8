import type { Entry } from "@carillon/protocol";

/**
 * An entry that was read, as this version says it. Until schema 8 the end of a quiet time did not say which time that was, and a
 * client that does not understand an entry takes it for a gap.
 */
export function asOfNow(entry: Entry): Entry {
  if (entry.kind !== "quiet" || "quiet" in entry) return entry;
  const { seq, at }: Omit<Entry & { kind: "quiet" }, "quiet"> = entry;
  return { kind: "quiet", seq, at, quiet: { since: seq, until: at, over: true } };
}
