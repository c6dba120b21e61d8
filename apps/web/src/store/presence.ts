import { isUid } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";
import { compose, targetOf } from "./compose.ts";

/** Which of the users that this page watches are online; of others nothing is known. */
export const presence = createStore<ReadonlyMap<string, boolean>>(() => new Map());

/** Watches whom the draft is for, once that has stood for a while. Returns how to stop. */
export function watchTarget(watch: (uids: readonly string[]) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => watch([targetOf(compose.getState())].filter(isUid));
  look();
  const unsubscribe = compose.subscribe((now, before) => {
    if (targetOf(now) === targetOf(before)) return;
    clearTimeout(timer);
    timer = setTimeout(look, SETTLED_MS);
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

/** Milliseconds after the last key. */
export const SETTLED_MS = 300;
