/** Every file that belongs to a store: the database, what SQLite keeps beside it, and what we do. */
export function storeParts(store: string): readonly string[] {
  return [store, `${store}-wal`, `${store}-shm`, `${store}-journal`, sidecarOf(store)];
}

/** Where `Sidecar` keeps how many commits the store has had. */
export function sidecarOf(store: string): string {
  return `${store}-commits`;
}
