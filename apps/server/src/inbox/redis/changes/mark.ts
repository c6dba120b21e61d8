import type { Receipt, Seq } from "@carillon/protocol";
import type { Change, Done, Growth, Marked } from "../../../hub/ports.ts";
import { READ_KNOWN } from "../../flags.ts";
import { GIVEN, TAKEN, TOLD, UNMARKED } from "../../marks.ts";
import { Growths } from "../growth.ts";
import type { Store } from "../store.ts";
import { namesOf, tell } from "./receipts.ts";

type Marking = Extract<Change, { op: "mark" }>;

/**
 * Marks what is not so already, and says what changed (P23); of all up to a seq one stretch, what is left is the rest. Authors are
 * told first: once the mark stands, nobody would find out that they were not.
 */
export async function mark(store: Store, change: Marking): Promise<Done & Marked> {
  const { uid, mark: name, withhold, at } = change;
  const told = withhold ? undefined : TOLD[name];
  const news = told === undefined ? NO_NEWS : await tellAuthors(store, change, told);
  const { mask, want } = UNMARKED[name];
  const given = GIVEN[name] | (told === "read" ? READ_KNOWN : 0);
  const where = news.stretch === undefined ? whereOf(change) : (["upTo", ...news.stretch.slice(0, 2)] as const);
  await store.confirm();
  const done = await store.change<MarkSaid>("mark", uid, at, name, mask, want, TAKEN[name], given, ...where);
  if (done === undefined) return { outcome: "done", growth: [], marked: 0, rest: undefined };
  const [marked, stretch] = done.said;
  const growths = new Growths();
  growths.add(...done.growth, ...news.growth);
  const rest = "upTo" in change.target ? restOf(news.stretch ?? stretch) : undefined;
  return { outcome: "done", growth: growths.all(), marked, rest };
}

/** The seqs after `start`, up to `last`, that a step looks at, and where the last step ends. */
type Stretch = readonly [start: Seq, last: Seq, stop: Seq];
type MarkSaid = readonly [marked: number, stretch: Stretch];
type News = { readonly growth: readonly Growth[]; readonly stretch: Stretch | undefined };

const NO_NEWS: News = { growth: [], stretch: undefined };

/** The stretch in which they were told is the one to mark: what lands meanwhile stays as it is. */
async function tellAuthors(store: Store, change: Marking, state: Receipt["state"]): Promise<News> {
  const { uid, mark: name, target, at } = change;
  const { mask, want } = UNMARKED[name];
  const found = await store.ask<UntoldSaid>("untold", uid, mask, want, ...whereOf(change));
  if (found === undefined) return NO_NEWS;
  const [stretch, names] = found.said;
  const growth = await tell(store, uid, state, namesOf(names), at);
  return { growth, stretch: "upTo" in target ? stretch : undefined };
}

type UntoldSaid = readonly [stretch: Stretch, names: readonly string[]];

function whereOf({ target, after = 0 }: Marking): readonly (string | Seq)[] {
  return "upTo" in target ? ["upTo", after, target.upTo] : ["seqs", ...target.seqs];
}

function restOf([, last, stop]: Stretch): Marked["rest"] {
  return last < stop ? { after: last, upTo: stop } : undefined;
}
