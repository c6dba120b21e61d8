import { type UserPresence, Watch as WatchRequest } from "@carillon/protocol";
import { nanoid } from "nanoid";
import type { Announcer } from "./announcer.ts";
import type { Clock } from "./clock.ts";
import type { Reply } from "./machine/state.ts";
import { Standing } from "./standing.ts";

/** Whom the application watches, over any number of connections, and what is known of them on this one (P45). */
export class Watch {
  readonly #announcer: Announcer;
  readonly #standing: Standing<WatchRequest>;
  #uids: readonly string[] = [];
  #online: ReadonlyMap<string, boolean> = new Map();

  constructor(transmit: (request: WatchRequest) => void, announcer: Announcer, clock: Clock) {
    this.#announcer = announcer;
    this.#standing = new Standing(transmit, clock, () => requestFor([]));
  }

  /** Replaces whom the application watches. */
  change(uids: readonly string[]): void {
    this.#uids = requestFor(uids).uids;
    this.#know(this.#online);
    this.#standing.want(() => requestFor(this.#uids), this.#uids.length === 0);
  }

  /** A connection is there. */
  open(): void {
    this.#standing.open();
  }

  /** It is gone: nothing is known any more. */
  close(): void {
    this.#standing.close();
    this.#know(new Map());
  }

  settle(reply: Reply): void {
    this.#standing.settle(reply);
  }

  /** What the hub says may be of a list that was replaced meanwhile. */
  heard(users: readonly UserPresence[]): void {
    this.#know(new Map([...this.#online, ...users.map(({ uid, online }) => [uid, online] as const)]));
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
