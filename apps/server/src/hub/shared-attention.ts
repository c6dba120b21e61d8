import { Attention } from "./attention.ts";
import { InboxUnavailable, type Places } from "./ports.ts";
import { someAtATime } from "./repair.ts";

/** Who looks at which threads here, and lets the other hubs know for as long as they do (P56). */
export class SharedAttention {
  readonly #attention = new Attention();
  readonly #places: Places;
  readonly #renewing: NodeJS.Timeout | undefined;

  constructor(places: Places) {
    this.#places = places;
    if (places.attentionMs === Infinity) return;
    this.#renewing = setInterval(() => void this.#renew(), places.attentionMs / TIMES);
    this.#renewing.unref();
  }

  /** Replaces the threads at which this connection of a user looks. Resolves when other hubs can know it. */
  async attend(connection: object, uid: string, threads: readonly string[]): Promise<void> {
    const before = this.#attention.threadsOf(uid);
    this.#attention.attend(connection, uid, threads);
    if (!isSame(before, this.#attention.threadsOf(uid))) await this.#say(uid);
  }

  /** The connection is gone. */
  leave(connection: object): void {
    const uid = this.#attention.leave(connection);
    if (uid !== undefined) void this.#say(uid);
  }

  /** Whether any connection of this user to this hub looks at the thread. */
  attends(uid: string, thread: string | undefined): boolean {
    return this.#attention.attends(uid, thread);
  }

  close(): void {
    clearInterval(this.#renewing);
  }

  #renew(): Promise<void> {
    return someAtATime(this.#attention.uids(), (uid) => this.#say(uid));
  }

  /** What cannot be said is said at the next renewal; what ended is forgotten by itself. */
  async #say(uid: string): Promise<void> {
    try {
      await this.#places.attend(uid, this.#attention.threadsOf(uid));
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
    }
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((thread) => others.includes(thread));
}

/** Times that attention is said before it would be forgotten. */
const TIMES = 3;
