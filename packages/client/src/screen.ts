import type { Counts, Entry, Page, PageRequest, Refused, Snapshot } from "@carillon/protocol";
import type { Announcer } from "./announcer.ts";
import type { Clock } from "./clock.ts";
import type { Outbox } from "./outbox/outbox.ts";
import { withEntries } from "./view/entries.ts";
import { History } from "./view/history.ts";
import { emptyLog, type Kind, type Log, viewOf } from "./view/log.ts";
import { Wanted } from "./view/optimistic.ts";
import { ringing, unrung } from "./view/ringing.ts";

/** What the user has to see: the log, with what is wanted changed, and the drafts that wait. Shows it, and rings. */
export class Screen {
  readonly #outbox: Outbox;
  readonly #announcer: Announcer;
  readonly #clock: Clock;
  readonly #wanted = new Wanted();
  readonly #history = new History();
  #log: Log = emptyLog;

  constructor(outbox: Outbox, announcer: Announcer, clock: Clock) {
    this.#outbox = outbox;
    this.#announcer = announcer;
    this.#clock = clock;
  }

  /** Another snapshot in place of what was here. */
  show(uid: string, snapshot: Snapshot, counts: Counts): void {
    const fresh = unrung(this.#log, snapshot, this.#clock.now());
    this.#log = viewOf(uid, snapshot, counts);
    for (const { id } of snapshot.sent) this.#outbox.remove(id);
    this.refresh();
    for (const notification of fresh) this.#announcer.ring(notification);
  }

  /** Entries that follow, and counts. */
  deliver(entries: readonly Entry[], counts: Counts | undefined): void {
    this.#log = withEntries(this.#log, entries, counts);
    this.#history.heard(entries);
    for (const entry of entries) if (entry.kind === "sent") this.#outbox.remove(entry.id);
    this.refresh();
    for (const notification of ringing(entries, this.#log, this.#clock.now())) this.#announcer.ring(notification);
  }

  /** Tells the view, if it changed. */
  refresh(): void {
    this.#announcer.view(this.#wanted.of(this.#log, this.#outbox.changes), this.#outbox.pending);
  }

  older(of: Kind, transmit: (request: PageRequest) => void): Promise<void> {
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
  }
}
