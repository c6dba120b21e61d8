import type { Change, Done, OutcomeOf } from "../../../hub/ports.ts";
import { RETRACTED } from "../../flags.ts";
import { Growths } from "../growth.ts";
import { type DraftRow, draftOf, rowsOf } from "../rows.ts";
import type { Store } from "../store.ts";

/**
 * Takes a draft back: what was written leaves both logs, and both say so (P26). The recipient's first: as long as the author's does
 * not say so, asking again goes on where it ended.
 */
export async function retract(
  store: Store,
  { from, id, at }: Extract<Change, { op: "retract" }>,
): Promise<OutcomeOf<{ op: "retract" } & Change>> {
  const draft = await draftAt(store, from, id);
  if (draft === undefined) return { outcome: "unknownDraft" };
  if (draft.flags & RETRACTED) return NOTHING;
  return rewritten(store, "retract", { from, id, draft, at }, []);
}

/** Gives a draft another text at both ends, in the same order, and both logs say so (P26). */
export async function edit(
  store: Store,
  { from, id, text, sendsTo, at }: Extract<Change, { op: "edit" }>,
): Promise<OutcomeOf<{ op: "edit" } & Change>> {
  const draft = await draftAt(store, from, id);
  if (draft === undefined || draft.flags & RETRACTED) return { outcome: "unknownDraft" };
  if (sendsTo !== undefined && !sendsTo.has(draft.to)) return { outcome: "forbidden" }; // P31
  if (draft.text === text) return NOTHING;
  return rewritten(store, "edit", { from, id, draft, at }, [text]);
}

type Rewritten = { readonly from: string; readonly id: string; readonly draft: DraftRow; readonly at: number };

async function rewritten(
  store: Store,
  fn: "retract" | "edit",
  { from, id, draft, at }: Rewritten,
  more: readonly string[],
): Promise<Done> {
  const { to, ref } = draft;
  const growths = new Growths();
  for (const [side, uid] of to === from
    ? BOTH(from)
    : ([
        ["in", to],
        ["out", from],
      ] as const)) {
    const done = await store.change(fn, uid, at, side, from, to, id, ref, ...more);
    growths.add(...(done?.growth ?? []));
    if (side === "in") await store.confirm();
  }
  return { outcome: "done", growth: growths.all() };
}

/** What one wrote to oneself stands in one log, and is said once. */
const BOTH = (uid: string) => [["both", uid]] as const;

const NOTHING: Done = { outcome: "done", growth: [] };

async function draftAt(store: Store, author: string, id: string): Promise<DraftRow | undefined> {
  const found = await store.ask<readonly (string | number)[]>("draft", author, id);
  const [row] = rowsOf(found?.said ?? []);
  return row === undefined ? undefined : draftOf(row);
}
