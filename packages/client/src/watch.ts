import { type UserPresence, Watch as WatchRequest } from "@carillon/protocol";
import { nanoid } from "nanoid";
import type { Announcer } from "./announcer.ts";
import { type Clock, LONGEST_WAIT_MS } from "./clock.ts";
import type { Reply } from "./machine/state.ts";

/** Whom the application watches, over any number of connections, and what is known of them on this one (P45). */
export class Watch {
  readonly #transmit: (request: WatchRequest) => void;
  readonly #announcer: Announcer;
  #uids: readonly string[] = [];
  #online: ReadonlyMap<string, boolean> = new Map();
  readonly #clock: Clock;
  #isOpen = false;
  /** The request that says what is watched now. */
  #asked = "";
  #stopWaiting = () => {};

  constructor(transmit: (request: WatchRequest) => void, announcer: Announcer, clock: Clock) {
    this.#transmit = transmit;
    this.#announcer = announcer;
    this.#clock = clock;
  }

  /** Replaces whom the application watches. */
  change(uids: readonly string[]): void {
    this.#uids = requestFor(uids).uids;
    this.#know(this.#online);
    if (this.#isOpen) this.#ask();
  }

  /** A connection is there. */
  open(): void {
    this.#isOpen = true;
    if (this.#uids.length > 0) this.#ask();
  }

  /** It is gone: nothing is known any more. */
  close(): void {
    this.#isOpen = false;
    this.#stopWaiting();
    this.#know(new Map());
  }

  /** Too early (P51): asks again when the hub says, unless something newer was asked meanwhile. */
  settle({ id, ...reply }: Reply): void {
    if (id !== this.#asked || reply.type !== "refused" || reply.retryAfter === undefined) return;
    this.#stopWaiting();
    this.#stopWaiting = this.#clock.after(Math.min(reply.retryAfter, LONGEST_WAIT_MS), () => this.#ask());
  }

  /** What the hub says may be of a list that was replaced meanwhile. */
  heard(users: readonly UserPresence[]): void {
    this.#know(new Map([...this.#online, ...users.map(({ uid, online }) => [uid, online] as const)]));
  }

  #ask(): void {
    this.#stopWaiting();
    const request = requestFor(this.#uids);
    this.#asked = request.id;
    this.#transmit(request);
  }

  #know(online: ReadonlyMap<string, boolean>): void {
    const known = new Map([...online].filter(([uid]) => this.#uids.includes(uid)));
    if (known.size === this.#online.size && [...known].every(([uid, is]) => this.#online.get(uid) === is)) return;
    this.#online = known;
    this.#announcer.presence(known);
  }
}

/** What breaks the protocol would end every connection that carries it: a bug of the page, and loud. */
function requestFor(uids: readonly string[]): WatchRequest {
  const request: WatchRequest = { type: "watch", id: nanoid(), uids: [...new Set(uids)] };
  if (!WatchRequest.safeParse(request).success) throw new TypeError(`Not a list to watch: ${JSON.stringify(uids)}`);
  return request;
}
