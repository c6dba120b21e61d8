import { Draft, Refusal } from "@carillon/protocol";

/** A draft that the hub has not taken yet. With `refusal`, it never will and waits for its author to discard it. */
export type Pending = {
  readonly draft: Draft;
  /** When it was submitted, in milliseconds since 1970. */
  readonly at: number;
  readonly refusal?: Refusal;
};

/** Where pending drafts survive a reload. Synchronous; what it cannot keep it drops silently. */
export type OutboxStore = {
  load(): readonly Pending[];
  put(pending: Pending): void;
  remove(id: string): void;
};

/** The drafts that the hub has not taken: resent by their id until it answers (P12). */
export class Outbox {
  readonly #store: OutboxStore;
  #pending: readonly Pending[];

  constructor(store: OutboxStore) {
    this.#store = store;
    this.#pending = store.load().toSorted((a, b) => a.at - b.at);
  }

  /** Oldest first; replaced when it changes. */
  get pending(): readonly Pending[] {
    return this.#pending;
  }

  get isFull(): boolean {
    return this.#pending.length >= OUTBOX_LIMIT;
  }

  add(pending: Pending): void {
    this.#pending = [...this.#pending, pending];
    this.#store.put(pending);
  }

  /** The hub has it, or its author does not want it any more. Undefined if it is not here. */
  remove(id: string): Pending | undefined {
    const found = this.#find(id);
    if (found === undefined) return undefined;
    this.#pending = this.#pending.filter((pending) => pending !== found);
    this.#store.remove(id);
    return found;
  }

  /** The hub will never take it. */
  refuse(id: string, refusal: Refusal): void {
    const found = this.#find(id);
    if (found === undefined) return;
    const refused = { ...found, refusal };
    this.#pending = this.#pending.map((pending) => (pending === found ? refused : pending));
    this.#store.put(refused);
  }

  #find(id: string): Pending | undefined {
    return this.#pending.find(({ draft }) => draft.id === id);
  }
}

/** Drafts that may wait. */
export const OUTBOX_LIMIT = 100;

/** Keeps nothing beyond this process. */
export function memoryOutbox(): OutboxStore {
  return { load: () => [], put: () => {}, remove: () => {} };
}

/** Keeps a user's pending drafts in `localStorage` (or the like), a key each, so that tabs do not overwrite each other's. */
export function localOutbox(uid: string, storage: Storage): OutboxStore {
  const prefix = `carillon:outbox:${encodeURIComponent(uid)}:`;
  return {
    load: () =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix))
        .flatMap((key) => parsePending(storage.getItem(key))),
    put: (pending) => {
      try {
        storage.setItem(prefix + pending.draft.id, JSON.stringify(pending));
      } catch {
        // The storage is full or forbidden: the draft is still sent, it only does not survive a reload.
      }
    },
    remove: (id) => storage.removeItem(prefix + id),
  };
}

/** One pending draft, or none if the text is not one (another version wrote it, or somebody else). */
function parsePending(text: string | null): readonly Pending[] {
  try {
    const json: unknown = JSON.parse(text ?? "");
    if (typeof json !== "object" || json === null || !("at" in json) || typeof json.at !== "number") return [];
    const draft = "draft" in json ? Draft.safeParse(json.draft) : undefined;
    if (draft?.success !== true) return [];
    const refusal = "refusal" in json ? Refusal.safeParse(json.refusal) : undefined;
    return [
      refusal?.success ? { draft: draft.data, at: json.at, refusal: refusal.data } : { draft: draft.data, at: json.at },
    ];
  } catch {
    return [];
  }
}
