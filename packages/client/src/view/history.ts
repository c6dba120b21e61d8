import { type Entry, type HistoryKind, limits, type Page, type PageRequest, type Refused } from "@carillon/protocol";
import { nanoid } from "nanoid";
import { withEntries } from "./entries.ts";
import type { Log } from "./log.ts";
import { roomForOlder, withPage } from "./page.ts";

/** One page on its way: at most one of each kind. */
type Asked = {
  readonly id: string;
  readonly of: HistoryKind;
  readonly before: number;
  readonly came: PromiseWithResolvers<void>;
  /** The entries that came since: the page may have been read before them. */
  readonly since: Entry[];
};

/** The older history that was asked for, on one connection (P27). */
export class History {
  #asked: readonly Asked[] = [];

  /** Asks the hub, unless it is asked already; gives the log with room for the answer. */
  ask(
    log: Log,
    of: HistoryKind,
    transmit: (request: PageRequest) => void,
  ): { readonly log: Log; readonly came: Promise<void> } {
    const asked = this.#asked.find((other) => other.of === of);
    if (asked !== undefined) return { log, came: asked.came.promise };
    if (log.complete[of]) return { log, came: Promise.resolve() };
    const room = roomForOlder(log, of);
    if (room === undefined) return { log, came: Promise.reject(new Error("The view holds as much as it may.")) };
    const { before, limit } = room;
    const id = nanoid();
    const came = Promise.withResolvers<void>();
    this.#asked = [...this.#asked, { id, of, before, came, since: [] }];
    transmit({ type: "page", id, of, before, limit });
    return { log: room.log, came: came.promise };
  }

  /** Takes note of entries while pages are on their way. */
  heard(entries: readonly Entry[]): void {
    for (const { since } of this.#asked) since.push(...entries);
    for (const { id, since } of this.#asked)
      if (since.length > limits.recoveryEntries) this.#give(id)?.came.reject(new Error("Too much came meanwhile."));
  }

  /** The log with the page that came, if it was asked for. */
  received(log: Log, page: Page): Log {
    const asked = this.#give(page.id);
    if (asked === undefined) return log;
    if (log.from[asked.of] > asked.before) {
      asked.came.reject(new Error("Too much came meanwhile."));
      return log;
    }
    asked.came.resolve();
    return withEntries(withPage(log, asked.of, page), asked.since);
  }

  /** Whether it was a page that the hub refused. */
  refused({ id, message, code }: Refused): boolean {
    const asked = this.#give(id);
    asked?.came.reject(new Error(message, { cause: code }));
    return asked !== undefined;
  }

  /** The connection is gone, and the answers with it. */
  close(): void {
    for (const { came } of this.#asked) came.reject(new Error("The connection is gone."));
    this.#asked = [];
  }

  #give(id: string): Asked | undefined {
    const asked = this.#asked.find((other) => other.id === id);
    this.#asked = this.#asked.filter((other) => other !== asked);
    return asked;
  }
}
