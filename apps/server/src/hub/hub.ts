import { Close, type Draft, draftFault, type Refusal, refusal, type Seq } from "@carillon/protocol";
import { type Appended, type Bus, type Growth, type Inbox, InboxUnavailable } from "./ports.ts";
import type { Session } from "./session.ts";

export type HubOptions = {
  readonly inbox: Inbox;
  readonly bus: Bus;
  /** `all`: every connection of a user rings. `latest`: a new one replaces the older ones. */
  readonly connections: "all" | "latest";
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** What the author is told. `seq` and `at` are those of the entry in the author's log. */
export type SendOutcome =
  | { readonly outcome: "sent"; readonly seq: Seq; readonly at: number; readonly duplicate: boolean }
  | { readonly outcome: "refused"; readonly refusal: Refusal };

/** Who is here on this process, and the one way in which logs grow and sessions learn of it. */
export class Hub {
  readonly inbox: Inbox;
  readonly #bus: Bus;
  readonly #connections: "all" | "latest";
  readonly #now: () => number;
  readonly #audiences = new Map<string, Audience>();

  constructor({ inbox, bus, connections, now }: HubOptions) {
    this.inbox = inbox;
    this.#bus = bus;
    this.#connections = connections;
    this.#now = now;
    bus.onRing((uid, head) => this.#ring(uid, head));
  }

  /** Counts the session in. From now on it hears when its log grows. */
  join(session: Session): void {
    const audience = this.#audiences.get(session.uid) ?? { sessions: new Set(), acked: 0 };
    this.#audiences.set(session.uid, audience);
    if (this.#connections === "latest") for (const older of audience.sessions) older.hangUp(Close.replaced); // P20
    audience.sessions.add(session);
  }

  leave(session: Session): void {
    const audience = this.#audiences.get(session.uid);
    audience?.sessions.delete(session);
    if (audience?.sessions.size === 0) this.#audiences.delete(session.uid);
  }

  /** Takes a draft of `author`: refuse, or append, then deliver. Resolves when it is durable (P6). */
  async send(author: string, draft: Draft): Promise<SendOutcome> {
    const fault = draftFault(draft);
    if (fault !== undefined) return { outcome: "refused", refusal: fault };

    const appended = await this.#append(author, draft);
    if (appended.outcome === "refused") return appended;
    if (appended.outcome === "conflict") return { outcome: "refused", refusal: refusal("conflict") };
    if (appended.outcome === "stored") this.#deliver(appended.growth);
    return { outcome: "sent", seq: appended.seq, at: appended.at, duplicate: appended.outcome === "duplicate" };
  }

  /** A connection of `uid` has every entry up to `seq`: what was sent up to there is delivered (P14). */
  acknowledge(uid: string, seq: Seq): void {
    const audience = this.#audiences.get(uid);
    if (audience === undefined || seq <= audience.acked) return;
    const before = audience.acked;
    audience.acked = seq;
    this.inbox.acknowledge([{ uid, seq }]).then(
      (growth) => this.#deliver(growth),
      (error: unknown) => {
        if (!(error instanceof InboxUnavailable)) throw error;
        audience.acked = Math.min(audience.acked, before); // The next acknowledgement says it again: they are cumulative.
      },
    );
  }

  async #append(author: string, draft: Draft): Promise<Appended | { outcome: "refused"; refusal: Refusal }> {
    try {
      const [appended] = await this.inbox.append([{ ...draft, from: author, at: this.#now() }]);
      if (appended === undefined) throw new Error("The inbox gave no result for a draft.");
      return appended;
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      return { outcome: "refused", refusal: refusal("unavailable", error.retryAfter) };
    }
  }

  #deliver(growth: readonly Growth[]): void {
    for (const { uid, entries } of growth) {
      const head = entries.at(-1)?.seq ?? 0;
      this.#ring(uid, head, entries);
      this.#bus.ring(uid, head);
    }
  }

  #ring(uid: string, head: Seq, fresh?: Growth["entries"]): void {
    const audience = this.#audiences.get(uid);
    if (audience === undefined) return;
    for (const session of audience.sessions) session.ring(head, fresh);
  }
}

/** The sessions of one user on this process, and what the hub knows to be acknowledged by any of them. */
type Audience = { readonly sessions: Set<Session>; acked: Seq };
