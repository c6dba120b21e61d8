import { limits, type Refusal } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";
import { keep } from "../storage.ts";

/** The draft that is being typed, and what stood against it when it was last submitted. */
export type Compose = {
  readonly to: string;
  readonly text: string;
  /** What it answers in, if it is an answer. */
  readonly thread?: string;
  readonly fault?: Refusal;
};

const blank: Compose = { to: "", text: "" };

export const compose = createStore<Compose>(() => blank);

/** Whom it goes to: white space around a name that was pasted is none of it. */
export function targetOf({ to }: Compose): string {
  return to.trim();
}

/** How many more UTF-16 code units the text may have; below zero when it has too many. */
export function roomIn({ text }: Compose): number {
  return limits.textLength - text.length;
}

/** The room is worth a word when it is this or less. */
export const NEAR_LIMIT = limits.textLength / 10;

/** Typing takes the fault of the last attempt away. */
export function write(change: { readonly to: string } | { readonly text: string }): void {
  compose.setState((now) => ({ ...withoutFault(now), ...change }), true);
}

/** Whether an answer can begin: nothing is lost by it, and nothing goes to somebody for whom it was not written. */
export function mayAnswer(now: Compose, whom: string): boolean {
  return now.text.trim() === "" || targetOf(now) === whom;
}

/** What is being written goes to this user now, and belongs to this thread, or to none. */
export function address(to: string, thread: string | undefined): void {
  compose.setState(({ text }) => (thread === undefined ? { to, text } : { to, text, thread }), true);
}

/** What is being written belongs to no thread any more. */
export function leaveThread(): void {
  compose.setState(({ to, text }) => ({ to, text }), true);
}

export function refuse(fault: Refusal): void {
  compose.setState({ fault });
}

/** Gone out: the text and its thread are cleared, the target is kept for the next. */
export function clearText(): void {
  compose.setState(({ to }) => ({ to, text: "" }), true);
}

/**
 * Takes up what this user was typing before a reload, and keeps it from now on. Returns how to stop.
 * A storage that is full or forbidden costs the reload, not the typing.
 */
export function keepCompose(uid: string, storage: Storage | undefined): () => void {
  const key = `carillon:compose:${uid}`;
  compose.setState(kept(storage?.getItem(key) ?? null), true);
  return compose.subscribe((now) => keep(storage, key, JSON.stringify(withoutFault(now))));
}

function withoutFault({ to, text, thread }: Compose): Compose {
  return thread === undefined ? { to, text } : { to, text, thread };
}

function kept(json: string | null): Compose {
  if (json === null) return blank;
  try {
    const draft: unknown = JSON.parse(json);
    if (typeof draft !== "object" || draft === null || !("to" in draft) || !("text" in draft)) return blank;
    const { to, text } = draft;
    if (typeof to !== "string" || typeof text !== "string") return blank;
    return "thread" in draft && typeof draft.thread === "string" ? { to, text, thread: draft.thread } : { to, text };
  } catch {
    return blank; // Somebody else wrote under our key.
  }
}
