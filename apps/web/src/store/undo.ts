import type { Seq } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";

/** Milliseconds for which an action can be taken back, while nobody points at the offer. */
export const UNDO_MS = 8_000;

/** Something was done to notifications, and can be taken back. */
export type Undo = Done & {
  /** Those of which it is known that they changed by it. */
  readonly seqs: readonly Seq[];
  /** How many there were in all: more, where some are in history that this page has not fetched. */
  readonly count: number;
};

type Done =
  | { readonly did: "read" | "archived" }
  /** `before`: until when each had been put off already, in milliseconds since 1970. */
  | { readonly did: "snoozed"; readonly before: ReadonlyMap<Seq, number> };

export const undo = createStore<Undo | undefined>(() => undefined);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Offers to take back what was just done, in place of what was offered before. */
export function offerUndo(offer: Undo): void {
  undo.setState(offer, true);
  letUndoPass();
}

/** Somebody points at the offer, or has the keyboard on it: it stands. */
export function holdUndo(): void {
  clearTimeout(timer);
}

/** Its time runs, from the beginning. */
export function letUndoPass(): void {
  clearTimeout(timer);
  if (undo.getState() !== undefined) timer = setTimeout(forgetUndo, UNDO_MS);
}

export function forgetUndo(): void {
  clearTimeout(timer);
  undo.setState(undefined, true);
}
