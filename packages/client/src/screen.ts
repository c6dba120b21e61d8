import type {
  Counts,
  Entry,
  HistoryKind,
  Notification,
  Page,
  PageRequest,
  Refused,
  Seq,
  Snapshot,
} from "@carillon/protocol";
import type { Announcer } from "./announcer.ts";
import type { Clock } from "./clock.ts";
import type { Outbox } from "./outbox/outbox.ts";
import { withEntries } from "./view/entries.ts";
import { History } from "./view/history.ts";
import { Hush } from "./view/hush.ts";
import { emptyLog, type Log, viewOf } from "./view/log.ts";
import { Missed } from "./view/missed.ts";
import { Wanted } from "./view/optimistic.ts";
import { type Receipts, withReceipts } from "./view/receipts.ts";
import { ringing, silenced, unrung } from "./view/ringing.ts";

/** What the user has to see: the log, with what is wanted changed, and the drafts that wait. Shows it, and rings. */
export class Screen {
  readonly #outbox: Outbox;
  readonly #announcer: Announcer;
  readonly #clock: Clock;
  readonly #wanted = new Wanted();
  readonly #history = new History();
  readonly #missed: Missed;
  readonly #hush: Hush;
  #log: Log = emptyLog;
  #receipts: Receipts = new Map();
  /** The log with what is wanted changed. */
  #shown: Log = emptyLog;

  constructor(outbox: Outbox, announcer: Announcer, clock: Clock) {
    this.#outbox = outbox;
    this.#announcer = announcer;
    this.#clock = clock;
    this.#missed = new Missed(announcer, clock);
    this.#hush = new Hush(clock, () => this.refresh());
  }

  /** A connection begins: what comes up to here was missed. */
  catchUp(upTo: Seq): void {
    this.#missed.catchUp(upTo);
  }

  /** Another snapshot in place of what was here, taken at `reached`. */
  show(uid: string, snapshot: Snapshot, counts: Counts, reached: Seq): void {
    const fresh = unrung(this.#log, snapshot, this.#clock.now());
    this.#log = viewOf(uid, snapshot, counts);
    for (const { id } of snapshot.sent) this.#outbox.remove(id);
    this.refresh(fresh);
    this.#missed.cut(snapshot.acked, this.#log);
    this.#missed.ring(fresh, reached, this.#shown);
  }

  /** Entries that follow, up to `reached`, and counts. */
  deliver(entries: readonly Entry[], counts: Counts | undefined, reached: Seq): void {
    this.#log = withEntries(this.#log, entries, counts);
    this.#receipts = withReceipts(this.#receipts, entries);
    this.#history.heard(entries);
    for (const entry of entries) if (entry.kind === "sent") this.#outbox.remove(entry.id);
    const fresh = ringing(entries, this.#log, this.#clock.now());
    this.refresh(fresh);
    this.#missed.ring(fresh, reached, this.#shown);
  }

  /** Tells the view, if it changed; and if quiet is over, what came meanwhile but for these, which ring by themselves (P55). */
  refresh(fresh: readonly Notification[] = []): void {
    this.#shown = this.#wanted.of(this.#log, this.#outbox.changes);
    this.#announcer.view(this.#shown, this.#outbox.pending, this.#receipts);
    const since = this.#hush.follow(this.#shown.quiet);
    if (since === undefined) return;
    this.#missed.ringSilenced(silenced(this.#shown, since, this.#clock.now()), fresh);
  }

  older(of: HistoryKind, transmit: (request: PageRequest) => void): Promise<void> {
    const { log, came } = this.#history.ask(this.#log, of, transmit);
    this.#log = log;
    return came;
  }

  /** History that was asked for. */
  received(page: Page): void {
    this.#log = this.#history.received(this.#log, page);
    this.refresh();
  }

  /** Whether it was history that the hub refused. */
  refused(reply: Refused): boolean {
    return this.#history.refused(reply);
  }

  /** The connection is gone. */
  close(): void {
    this.#history.close();
    this.#missed.flush(this.#shown);
  }

  /** Nothing is to happen by itself any more. */
  stop(): void {
    this.#hush.stop();
  }
}
