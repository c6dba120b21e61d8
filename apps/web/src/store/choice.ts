import type { StoreApi } from "zustand/vanilla";
import { keep, onKept } from "../storage.ts";

/** A choice among a few words, and the key under which the browser keeps it. */
type Choice<Value> = { readonly key: string; readonly read: (kept: string | null) => Value };

/** Begins with what was chosen before in this browser. From then on each change is remembered, and all its tabs follow. */
export function runChoice<Value extends string>(
  store: StoreApi<Value>,
  { key, read }: Choice<Value>,
  storage: Storage | undefined,
): void {
  store.subscribe((now) => keep(storage, key, now));
  const kept = storage?.getItem(key) ?? null;
  if (kept !== null) store.setState(read(kept), true);
  onKept(key, (text) => store.setState(read(text), true));
}
