import type { Change, Growth, OutcomeOf } from "../../../hub/ports.ts";
import { Growths } from "../growth.ts";
import { nextNote, type Note, notesUpTo, putNoteOff } from "../notes.ts";
import type { Store } from "../store.ts";
import { type Named, namesOf } from "./receipts.ts";

type Lapse = Extract<Change, { op: "lapse" }>;

/**
 * Retracts the next notifications whose time to live is over (P38), then lets those come again whose time has come (P53), user by
 * user; `next`: when the earliest of those that are left is due.
 */
export async function lapse(store: Store, { at }: Lapse): Promise<OutcomeOf<Lapse>> {
  const growths = new Growths();
  let left = AT_ONCE;
  for (const note of await notesUpTo(store, at, AT_ONCE)) {
    const { growth, count } = await lapseOf(store, note, at, left);
    growths.add(...growth);
    left -= count;
    if (left <= 0) break;
  }
  return { outcome: "done", growth: growths.all(), next: await nextNote(store) };
}

type Lapsed = { readonly growth: readonly Growth[]; readonly count: number };

/** Authors first, then the recipient, whose log knows until then that there is something to do. */
async function lapseOf(store: Store, note: Note, at: number, limit: number): Promise<Lapsed> {
  const { uid } = note;
  const found = await store.ask<EndingSaid>("ending", uid, at, limit);
  const [seqs, names] = found?.said ?? [[], []];
  const told = await retractFromAuthors(store, uid, namesOf(names), at);
  await store.confirm();
  const done = await store.change<readonly [due: string]>("lapse", uid, at, uid, limit, ...seqs);
  const due = done?.said[0] ?? "";
  await store.confirm();
  await putNoteOff(store, note, due === "" ? undefined : Number(due));
  const woken = (done?.growth ?? []).flatMap(({ entries }) => entries).filter(({ kind }) => kind === "notification");
  return { growth: [...(done?.growth ?? []), ...told], count: Math.max(1, seqs.length, woken.length) };
}

type EndingSaid = readonly [seqs: readonly string[], names: readonly string[]];

/** What one wrote to oneself is one log's, and done there. */
async function retractFromAuthors(
  store: Store,
  to: string,
  names: readonly Named[],
  at: number,
): Promise<readonly Growth[]> {
  const others = names.filter(({ from }) => from !== to);
  const told = await Promise.all(
    others.map(({ from, id, ref }) => store.change("retract", from, at, "out", from, to, id, ref)),
  );
  return told.flatMap((answer) => answer?.growth ?? []);
}

/** Of each kind, in one change. */
const AT_ONCE = 200;
