import { Attend as AttendRequest, type Entry, type Seq } from "@carillon/protocol";
import { nanoid } from "nanoid";
import type { Clock } from "./clock.ts";
import type { Reply } from "./machine/state.ts";
import { Standing } from "./standing.ts";

/** The threads at which the user looks in this client, over any number of connections (P56). */
export class Attend {
  readonly #standing: Standing<AttendRequest>;
  #threads: readonly string[] = [];
  /** What comes up to here was missed. */
  #upTo: Seq = 0;

  constructor(transmit: (request: AttendRequest) => void, clock: Clock) {
    this.#standing = new Standing(transmit, clock, () => requestFor([]));
  }

  /** Replaces the threads at which the user looks. */
  change(threads: readonly string[]): void {
    this.#threads = requestFor(threads).threads;
    this.#standing.want(() => requestFor(this.#threads), this.#threads.length === 0);
  }

  /** A connection is there. */
  open(): void {
    this.#standing.open();
  }

  /** It begins to catch up. */
  catchUp(upTo: Seq): void {
    this.#upTo = upTo;
  }

  /** It is gone. */
  close(): void {
    this.#standing.close();
  }

  settle(reply: Reply): void {
    this.#standing.settle(reply);
  }

  /** Of these entries, what came before the user's eyes: live, in a thread at which the user looks here. */
  witnessed(entries: readonly Entry[]): readonly Seq[] {
    return entries.flatMap((entry) => {
      if (entry.kind !== "notification" || !entry.attended || entry.seen || entry.retracted) return [];
      const isHere = entry.thread !== undefined && this.#threads.includes(entry.thread);
      return isHere && entry.seq > this.#upTo ? [entry.seq] : [];
    });
  }
}

/** What breaks the protocol would end every connection that carries it: a bug of the page, and loud. */
function requestFor(threads: readonly string[]): AttendRequest {
  const request: AttendRequest = { type: "attend", id: nanoid(), threads: [...new Set(threads)] };
  if (!AttendRequest.safeParse(request).success)
    throw new TypeError(`Not a list to attend: ${JSON.stringify(threads)}`);
  return request;
}
