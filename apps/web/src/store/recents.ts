import { isUid } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";
import { keep, onKept } from "../storage.ts";

/** How many are remembered. */
export const RECENTS = 8;

/** Whom this user wrote to last, the latest first. */
export const recents = createStore<readonly string[]>(() => []);

/** This user wrote to somebody. */
export function remember(to: string): void {
  recents.setState((before) => [to, ...before.filter((one) => one !== to)].slice(0, RECENTS), true);
}

/** Those that what is typed may mean; none once it names one of them. */
export function suggested(all: readonly string[], typed: string): readonly string[] {
  const part = typed.trim().toLowerCase();
  return all.includes(typed.trim()) ? [] : all.filter((one) => one.toLowerCase().includes(part));
}

/** Takes up whom this user wrote to before, keeps it from now on, and follows other tabs. Returns how to stop. */
export function keepRecents(uid: string, storage: Storage | undefined): () => void {
  const key = `carillon:recents:${uid}`;
  recents.setState(kept(storage?.getItem(key) ?? null), true);
  const hearNoMore = onKept(key, (text) => recents.setState(kept(text), true));
  const forget = recents.subscribe((now) => keep(storage, key, JSON.stringify(now)));
  return () => {
    hearNoMore();
    forget();
  };
}

function kept(json: string | null): readonly string[] {
  try {
    const all: unknown = JSON.parse(json ?? "[]");
    return Array.isArray(all) ? all.filter((one) => typeof one === "string" && isUid(one)).slice(0, RECENTS) : [];
  } catch {
    return []; // Somebody else wrote under our key.
  }
}
