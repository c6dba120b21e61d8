import { Refusal, Up } from "@carillon/protocol";
import type { Waiting } from "./waiting.ts";

/**
 * Where requests survive a reload. Synchronous. Tabs of one user may have it in common: then one that is gone was answered in
 * another tab, or dropped there.
 */
export type OutboxStore = {
  load(): readonly Waiting[];
  get(id: string): Waiting | undefined;
  /** Whether it could be kept. */
  put(waiting: Waiting): boolean;
  remove(id: string): void;
  /** Calls whenever another tab has put something in. Returns how to stop. */
  watch?(onPut: () => void): () => void;
};

/** Keeps nothing beyond this process. */
export function memoryOutbox(): OutboxStore {
  return { load: () => [], get: () => undefined, put: () => false, remove: () => {} };
}

/** Keeps a user's requests in `localStorage` (or the like), a key each, so that tabs do not overwrite each other's. */
export function localOutbox(uid: string, storage: Storage): OutboxStore {
  const prefix = `carillon:outbox:${encodeURIComponent(uid)}:`;
  return {
    load: () =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix))
        .flatMap((key) => parsed(storage.getItem(key)) ?? []),
    get: (id) => parsed(storage.getItem(prefix + id)),
    put: (waiting) => {
      try {
        storage.setItem(prefix + waiting.request.id, JSON.stringify(waiting));
        return true;
      } catch {
        return false; // The storage is full or forbidden: the request still goes out, it only does not survive a reload.
      }
    },
    remove: (id) => storage.removeItem(prefix + id),
    watch: (onPut) => {
      const onStorage = ({ storageArea, key, newValue }: StorageEvent) => {
        if (storageArea === storage && newValue !== null && key?.startsWith(prefix)) onPut();
      };
      globalThis.addEventListener?.("storage", onStorage);
      return () => globalThis.removeEventListener?.("storage", onStorage);
    },
  };
}

/** What waits, or nothing if the text says no such thing (another version wrote it, or somebody else). */
function parsed(text: string | null): Waiting | undefined {
  const json = object(text);
  const at = json?.["at"];
  const request = requestOf(json);
  if (json === undefined || typeof at !== "number" || request === undefined) return undefined;
  const { order, transmitted, epoch, refusal } = json;
  const refused = Refusal.safeParse(refusal);
  return {
    request,
    at,
    order: typeof order === "number" ? order : at,
    ...((transmitted === true || "draft" in json) && { transmitted: true as const }),
    ...(typeof epoch === "string" && { epoch }),
    ...(refused.success && { refusal: refused.data }),
  };
}

/** Before there were other requests than drafts, a draft stood alone, and nobody noted whether it had gone out. */
function requestOf(json: Record<string, unknown> | undefined): Waiting["request"] | undefined {
  const { draft, request } = json ?? {};
  const up = Up.safeParse(typeof draft === "object" ? { ...draft, type: "send" } : request);
  if (!up.success) return undefined;
  switch (up.data.type) {
    case "send":
    case "mark":
    case "snooze":
    case "mute":
    case "quiet":
    case "retract":
    case "edit":
      return up.data;
    default:
      return undefined;
  }
}

function object(text: string | null): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text ?? "");
    return typeof json === "object" && json !== null ? { ...json } : undefined;
  } catch {
    return undefined; // Not JSON: not ours.
  }
}
