import type { Meter } from "../hub/meter.ts";
import { type ByLabel, Exposition } from "./exposition.ts";
import { LoopDelay } from "./loop-delay.ts";
import { Tally } from "./tally.ts";

/** What is asked of the parts whenever somebody reads the metrics. */
export type Sources = {
  readonly connections: () => ByLabel;
  readonly unsentBytes: () => number;
  readonly present: () => { readonly users: number; readonly sessions: number };
  readonly waitingChanges: () => number;
  readonly walBytes: () => Promise<number>;
};

/** What one hub tells Prometheus. The parts report to `meter`; what is as it is now is read from them. */
export class Metrics {
  readonly #tally = new Tally();
  readonly #loop = new LoopDelay();
  readonly #exposition = new Exposition();

  constructor() {
    exposeTally(this.#exposition, this.#tally);
    this.#exposition.distribution(
      "carillon_event_loop_delay_seconds",
      "How long a task has to wait for the main thread.",
      this.#loop.seconds,
    );
    this.#exposition.process();
  }

  get meter(): Meter {
    return this.#tally;
  }

  get contentType(): string {
    return this.#exposition.contentType;
  }

  /** Adds what only the parts know; once, when they are at work. */
  watch(sources: Sources): void {
    exposeSources(this.#exposition, sources);
    this.#loop.start();
  }

  text(): Promise<string> {
    return this.#exposition.text();
  }

  stop(): void {
    this.#loop.stop();
  }
}

// Names and help texts are the contract with dashboards and alerts; README lists them.

function exposeTally(to: Exposition, of: Tally): void {
  to.counts("carillon_sends_total", "Drafts that were answered.", "outcome", () => of.sends);
  to.counts("carillon_refusals_total", "Requests that were refused.", "code", () => of.refusals);
  to.counts("carillon_hang_ups_total", "Connections that the hub ended, by close code.", "code", () => of.hangUps);
  to.counts(
    "carillon_upgrades_refused_total",
    "Sockets that were asked for and not given, by HTTP status.",
    "status",
    () => of.upgradesRefused,
  );
  to.count("carillon_notifications_pushed_total", "Notifications written to connections.", () => of.pushes);
  to.count(
    "carillon_notifications_acknowledged_total",
    "Notifications that a connection of their recipient has.",
    () => of.acknowledgements,
  );
  to.count("carillon_gaps_repaired_total", "Times a session lacked an entry and got it from its log.", () => of.gaps);
  to.count("carillon_catch_up_reads_total", "Stretches of logs read for sessions behind.", () => of.catchUpReads);
  to.count("carillon_commits_refused_total", "Commits that the store did not take.", () => of.commitsRefused);
  to.distribution("carillon_commit_changes", "Changes that became durable together.", of.commitChanges);
  to.distribution("carillon_commit_duration_seconds", "From a batch's start to its durable end.", of.commitSeconds);
  to.distribution(
    "carillon_delivery_latency_seconds",
    "From the taking of a draft to the frame written to a connection of its recipient.",
    of.deliverySeconds,
  );
  to.distribution(
    "carillon_acknowledgement_latency_seconds",
    "From the taking of a draft to a connection's acknowledgement; one at a time for each connection.",
    of.acknowledgementSeconds,
  );
}

function exposeSources(to: Exposition, of: Sources): void {
  to.levels("carillon_connections", "Open connections.", "transport", of.connections);
  to.level("carillon_sessions", "Connections that have said who they are.", () => of.present().sessions);
  to.level("carillon_users", "Users who have a session.", () => of.present().users);
  to.level("carillon_unsent_bytes", "Bytes that wait for peers to read, over all connections.", of.unsentBytes);
  to.level("carillon_waiting_changes", "Changes that wait for a commit.", of.waitingChanges);
  to.level("carillon_store_wal_bytes", "Size of the store's write-ahead log.", of.walBytes);
}
