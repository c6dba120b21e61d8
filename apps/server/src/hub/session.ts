import { Close, limits, type Position, type Seq } from "@carillon/protocol";
import type { Grant, Verifier } from "@carillon/protocol/token";
import type { Hub } from "./hub.ts";
import { Lease, type Renewal } from "./lease.ts";
import { Owed } from "./owed.ts";
import {
  type Growth,
  InboxUnavailable,
  type Listener,
  type Pages,
  type Revocation,
  type Standing,
  type Start,
} from "./ports.ts";
import { covers } from "./revocation.ts";
import type { Written } from "./written.ts";

/** What a session needs of its connection. Nothing here throws, also when the connection is gone. */
export interface Line {
  /**
   * Sends entries that follow the cursor, and says whether they are to be acknowledged (P57). The same object is given to every line
   * that gets the same entries.
   */
  deliver(pages: Pages, isAsked: boolean): void;
  /** Asks for the acknowledgement of all that was delivered, which is up to `cursor`. */
  ask(cursor: Seq): void;
  hangUp(close: Close): void;
  /** Resolves when the unsent bytes are few enough to take another page, or the connection is gone. */
  drained(): Promise<void>;
}

type State =
  | { readonly at: "opening" }
  /** Its line knows where it stands; nothing is delivered yet. */
  | { readonly at: "standing"; readonly cursor: Seq }
  /** At the head of the log: what is appended is pushed. */
  | { readonly at: "live"; readonly cursor: Seq }
  /** Reading the log page by page; what is appended meanwhile is read too. */
  | { readonly at: "behind"; readonly cursor: Seq }
  | { readonly at: "gone" };

/** One authenticated connection: a cursor into one user's log. */
export class Session implements Listener {
  readonly id: string;
  readonly uid: string;
  readonly lease: Lease;
  readonly #hub: Hub;
  readonly #line: Line;
  #owed = new Owed(0);
  #state: State = { at: "opening" };
  /** Which incarnation of the log the cursor is about. */
  #epoch = "";
  /** Highest seq known to be in the log. */
  #head: Seq = 0;
  /** One push at a time is timed until its acknowledgement: its seq, and when it was taken. 0 is none. */
  #timed: Seq = 0;
  #timedFrom = 0;

  constructor(hub: Hub, id: string, grant: Grant, line: Line) {
    this.#hub = hub;
    this.id = id;
    this.uid = grant.uid;
    this.lease = new Lease(grant);
    this.#line = line;
  }

  get grant(): Grant {
    return this.lease.grant;
  }

  get bearing(): Grant {
    return this.grant;
  }

  /**
   * Finds the cursor and says where it stands; the entries after it follow once `follow` is called. Undefined if the session
   * ended meanwhile, may not stay or its log cannot be read (the line is hung up).
   */
  async open(start: Start): Promise<Standing | undefined> {
    this.#hub.join(this); // First, so that no ring and no revocation can fall between the reading and the following.
    const [verdict, standing] = await Promise.all([
      this.#guarded(this.#hub.gate.admit(this, this.grant)),
      this.#guarded(this.#hub.open(this.uid, start)), // Asked in one breath: a second trip to the store would cost as much.
    ]);
    if (typeof verdict === "object") this.hangUp(verdict);
    if (verdict !== "admitted" || standing === undefined || this.#state.at !== "opening") return undefined;
    this.#head = Math.max(this.#head, standing.head);
    this.#owed = new Owed(standing.position.seq);
    this.#epoch = standing.position.epoch;
    this.#state = { at: "standing", cursor: standing.position.seq };
    return standing;
  }

  /**
   * Goes on by a newer token, unless that is revoked: then the session ends. It lives by it already when it asks, so that a
   * revocation that comes meanwhile is found either there or here.
   */
  async renew(token: string, verify: Verifier): Promise<Renewal | "ended"> {
    const renewal = await this.lease.renew(token, verify);
    if (renewal !== "renewed") return renewal;
    const isRevoked = await this.#guarded(this.#hub.gate.isRevoked(this.grant));
    if (isRevoked) this.hangUp(Close.revoked);
    return isRevoked === false ? "renewed" : "ended";
  }

  isMeant(revocation: Revocation): boolean {
    return covers(revocation, this.grant);
  }

  /** Starts to deliver what follows the cursor. */
  follow(): void {
    if (this.#state.at !== "standing") return;
    this.#state = { at: "live", cursor: this.#state.cursor };
    this.ring(this.#head);
  }

  ring(head: Seq, epoch?: string, fresh?: Growth, takenAt?: number): void {
    if (this.#isOfAnother(epoch)) return this.#startOver();
    this.#head = Math.max(this.#head, head);
    if (this.#state.at !== "live") return; // Behind: the loop reads up to the head. Before: `follow` will look.
    const { cursor } = this.#state;
    const follows = fresh?.entries[0]?.seq === cursor + 1;
    // P30: more than a frame of them is read page by page.
    if (follows && fresh.entries.length <= limits.entriesPerFrame) return this.#push(fresh, takenAt);
    if (cursor >= this.#head) return;
    if (fresh?.entries[0] !== undefined && !follows) this.#hub.meter.gapFound();
    void this.#catchUp(cursor);
  }

  /** Every entry up to `seq` has arrived at the other end. False if that cannot be: it was never sent. */
  ack(seq: Seq): boolean {
    if (this.#state.at !== "live" && this.#state.at !== "behind") return true;
    if (seq > this.#state.cursor) return false;
    this.#clock(seq);
    if (this.#owed.takes(seq)) void this.#acknowledge(seq);
    return true;
  }

  ask(): void {
    if (this.#state.at === "live" || this.#state.at === "behind") this.#line.ask(this.#state.cursor);
  }

  hangUp(close: Close): void {
    this.#line.hangUp(close);
  }

  /** The connection is gone. */
  end(): void {
    if (this.#state.at === "gone") return;
    this.#state = { at: "gone" };
    this.#hub.leave(this);
  }

  #push(fresh: Growth, takenAt: number | undefined): void {
    this.#state = { at: "live", cursor: fresh.entries.at(-1)?.seq ?? 0 };
    const isAnswered = this.#deliver(fresh, takenAt === undefined ? undefined : performance.now() - takenAt);
    if (!isAnswered || this.#timed !== 0 || takenAt === undefined) return;
    this.#timed = this.#state.cursor;
    this.#timedFrom = takenAt;
  }

  /** `ms` after the hub was asked for it, if that is known. Gives whether an acknowledgement is to come. */
  #deliver(pages: Pages, ms: number | undefined): boolean {
    const { count, last } = notificationsOf(pages.entries);
    const isAsked = count === 0 || this.#hub.deputies.isAsked(this, last);
    this.#line.deliver(pages, isAsked);
    if (count === 0) return false;
    this.#owed.delivered(pages.entries);
    this.#hub.meter.pushed(count, ms);
    return isAsked;
  }

  async #acknowledge(seq: Seq): Promise<void> {
    if (!(await this.#hub.acknowledging.acknowledge(this, seq))) this.#owed.untold();
  }

  #clock(acknowledged: Seq): void {
    if (this.#timed === 0 || acknowledged < this.#timed) return;
    this.#timed = 0;
    this.#hub.meter.roundTrip(performance.now() - this.#timedFrom);
  }

  async #catchUp(from: Seq): Promise<void> {
    let cursor = from;
    this.#state = { at: "behind", cursor };
    while (cursor < this.#head) {
      await this.#line.drained();
      const pages = await this.#guarded(this.#hub.inbox.read(this.uid, cursor, limits.entriesPerFrame));
      this.#hub.meter.caughtUp();
      if (this.#state.at !== "behind" || pages === undefined) return;
      if (this.#isOfAnother(pages.epoch)) return this.#startOver();
      if (pages.entries[0]?.seq !== cursor + 1) return this.hangUp(Close.unavailable); // P8: contiguous or nothing.
      cursor += pages.entries.length;
      this.#state = { at: "behind", cursor };
      this.#deliver(pages, undefined);
    }
    this.#state = { at: "live", cursor };
  }

  /** Whether that is of another incarnation of the log than the one that is followed here. */
  #isOfAnother(epoch: string | undefined): boolean {
    const isFollowing = this.#state.at === "live" || this.#state.at === "behind";
    return isFollowing && epoch !== undefined && epoch !== this.#epoch;
  }

  /** P29: what this session has may have been lost, and its seqs given to others. It comes back, and gets a snapshot. */
  #startOver(): void {
    this.#hub.acknowledging.forget(this.uid);
    this.hangUp(Close.unavailable);
  }

  async #guarded<T>(reading: Promise<T>): Promise<T | undefined> {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      this.hangUp(Close.unavailable);
      return undefined;
    }
  }
}

function notificationsOf(entries: readonly Written[]): { readonly count: number; readonly last: Seq } {
  let [count, last] = [0, 0];
  for (const { kind, seq } of entries) {
    if (kind !== "notification") continue;
    count += 1;
    last = seq;
  }
  return { count, last };
}

/** The start that a `hello` asks for. */
export function startOf(position: Position | undefined): Start {
  return position === undefined ? { from: "snapshot" } : { from: "position", position };
}
