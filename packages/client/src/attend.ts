import { Attend as AttendRequest, type Entry, type Seq } from "@carillon/protocol";
import { nanoid } from "nanoid";

/** The threads at which the user looks in this client, over any number of connections (P56). */
export class Attend {
  readonly #transmit: (request: AttendRequest) => void;
  #threads: readonly string[] = [];
  #isOpen = false;
  /** What comes up to here was missed. */
  #upTo: Seq = 0;

  constructor(transmit: (request: AttendRequest) => void) {
    this.#transmit = transmit;
  }

  /** Replaces the threads at which the user looks. */
  change(threads: readonly string[]): void {
    this.#threads = requestFor(threads).threads;
    if (this.#isOpen) this.#say();
  }

  /** A connection is there. */
  open(): void {
    this.#isOpen = true;
    if (this.#threads.length > 0) this.#say();
  }

  /** It begins to catch up. */
  catchUp(upTo: Seq): void {
    this.#upTo = upTo;
  }

  /** It is gone. */
  close(): void {
    this.#isOpen = false;
  }

  /** Of these entries, what came before the user's eyes: live, in a thread at which the user looks here. */
  witnessed(entries: readonly Entry[]): readonly Seq[] {
    return entries.flatMap((entry) => {
      if (entry.kind !== "notification" || !entry.attended || entry.seen || entry.retracted) return [];
      const isHere = entry.thread !== undefined && this.#threads.includes(entry.thread);
      return isHere && entry.seq > this.#upTo ? [entry.seq] : [];
    });
  }

  #say(): void {
    this.#transmit(requestFor(this.#threads));
  }
}

/** What breaks the protocol would end every connection that carries it: a bug of the page, and loud. */
function requestFor(threads: readonly string[]): AttendRequest {
  const request: AttendRequest = { type: "attend", id: nanoid(), threads: [...new Set(threads)] };
  if (!AttendRequest.safeParse(request).success)
    throw new TypeError(`Not a list to attend: ${JSON.stringify(threads)}`);
  return request;
}
