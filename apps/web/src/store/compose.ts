import { limits, type Refusal } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";

/** The draft that is being typed, and what stood against it when it was last submitted. */
export type Compose = { readonly to: string; readonly text: string; readonly fault?: Refusal };

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
  compose.setState(({ to, text }) => ({ to, text, ...change }), true);
}

export function refuse(fault: Refusal): void {
  compose.setState({ fault });
}

/** Gone out: the text is clearText, the target kept for the next. */
export function clearText(): void {
  compose.setState(({ to }) => ({ to, text: "" }), true);
}

/**
 * Takes up what this user was typing before a reload, and keeps it from now on. Returns how to stop.
 * A storage that is full or forbidden costs the reload, not the typing.
 */
export function keepCompose(uid: string, storage: Storage): () => void {
  const key = `carillon:compose:${uid}`;
  compose.setState(kept(storage.getItem(key)), true);
  return compose.subscribe(({ to, text }) => {
    try {
      storage.setItem(key, JSON.stringify({ to, text }));
    } catch {
      // Full: the draft lives on in this page.
    }
  });
}

function kept(json: string | null): Compose {
  if (json === null) return blank;
  try {
    const draft: unknown = JSON.parse(json);
    if (typeof draft !== "object" || draft === null || !("to" in draft) || !("text" in draft)) return blank;
    return typeof draft.to === "string" && typeof draft.text === "string" ? { to: draft.to, text: draft.text } : blank;
  } catch {
    return blank; // Somebody else wrote under our key.
  }
}
