/**
 * One of the browser's two storages, or undefined where the browser forbids it (with cookies blocked, merely naming it throws):
 * then the page forgets on reload, and works.
 */
export function storageOf(name: "localStorage" | "sessionStorage"): Storage | undefined {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}

/** Keeps a text for the next visit, if there is a storage and it has room. */
export function keep(storage: Storage | undefined, key: string, text: string): void {
  try {
    storage?.setItem(key, text);
  } catch {
    // Full: what was chosen holds in this page alone.
  }
}

/** Hears what another tab keeps under a key from now on; null when it forgot all. Returns how to stop. */
export function onKept(key: string, hear: (text: string | null) => void): () => void {
  const onStorage = ({ key: changed, newValue }: StorageEvent) => {
    if (changed === key || changed === null) hear(newValue);
  };
  globalThis.addEventListener?.("storage", onStorage);
  return () => globalThis.removeEventListener?.("storage", onStorage);
}
