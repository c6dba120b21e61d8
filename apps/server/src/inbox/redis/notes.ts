import { ALL_PARTITIONS, partitionOf } from "../../redis/keys.ts";
import type { Store } from "./store.ts";

/** A user has something due then, or will have: said before it is so. */
export type Note = { readonly uid: string; readonly at: number };

/** Notes that somebody will have something due. To be awaited before it is stored; a note for nothing does no harm. */
export async function noteDue(store: Store, uid: string, at: number): Promise<void> {
  await store.call("FCALL", "note", store.keys.notes(partitionOf(uid)), [uid, at]);
}

/** Puts a note off until then, or, without a time, takes it away; unless another has come meanwhile. */
export async function putNoteOff(store: Store, { uid, at }: Note, next: number | undefined): Promise<void> {
  await store.call("FCALL", "noted", store.keys.notes(partitionOf(uid)), [uid, at, next ?? ""]);
}

/** Notes whose time has come, the earliest first. */
export async function notesUpTo(store: Store, at: number, limit: number): Promise<readonly Note[]> {
  const range = (partition: number) => [
    "ZRANGE",
    store.keys.notes(partition),
    "-inf",
    String(at),
    "BYSCORE",
    "LIMIT",
    "0",
    String(limit),
    "WITHSCORES",
  ];
  return first(await Promise.all(ALL_PARTITIONS.map((partition) => store.send<Scores>(range(partition)))), limit);
}

/** When the earliest note is due, in whole milliseconds. */
export async function nextNote(store: Store): Promise<number | undefined> {
  const range = (partition: number) => ["ZRANGE", store.keys.notes(partition), "0", "0", "WITHSCORES"];
  const all = await Promise.all(ALL_PARTITIONS.map((partition) => store.send<Scores>(range(partition))));
  const [note] = first(all, 1);
  return note === undefined ? undefined : Math.ceil(note.at);
}

type Scores = readonly (readonly [uid: string, at: number])[];

function first(all: readonly Scores[], limit: number): readonly Note[] {
  const notes = all.flat().map(([uid, at]) => ({ uid, at }));
  return notes.toSorted((a, b) => a.at - b.at).slice(0, limit);
}
