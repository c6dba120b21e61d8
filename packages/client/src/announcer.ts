import type { Notification, Refusal } from "@carillon/protocol";
import type { ClientOptions, Status } from "./api.ts";
import type { Change, Pending } from "./outbox/waiting.ts";
import type { MissedWhile } from "./view/missed.ts";
import type { Receipts } from "./view/receipts.ts";
import type { LogView, View } from "./view/view.ts";

type Callbacks = Pick<
  ClientOptions,
  "onStatus" | "onView" | "onNotification" | "onMissed" | "onPresence" | "onRefused"
>;

/** Tells the application. Its bugs are loud, but they are not the connection's: what was to be done is done first. */
export class Announcer {
  readonly #callbacks: Callbacks;
  /** What the callbacks threw and nobody heard yet. */
  readonly #faults: unknown[] = [];
  #shown: View | undefined;

  constructor(callbacks: Callbacks) {
    this.#callbacks = callbacks;
  }

  status(status: Status): void {
    this.#tell(() => this.#callbacks.onStatus?.(status));
  }

  /** Only if it is not what was told last. */
  view(log: LogView, pending: readonly Pending[], receipts: Receipts): void {
    const { notifications, archived, sent, counts, complete, mutes, quiet } = log;
    const view: View = { notifications, archived, sent, counts, complete, mutes, quiet, pending, receipts };
    if (this.#shown !== undefined && isSame(view, this.#shown)) return;
    this.#shown = view;
    this.#tell(() => this.#callbacks.onView?.(view));
  }

  ring(notification: Notification): void {
    this.#tell(() => this.#callbacks.onNotification?.(notification));
  }

  /** Each by itself, if the application does not take them together. */
  ringMissed(notifications: readonly Notification[], meanwhile: MissedWhile, isAll: boolean): void {
    const { onMissed } = this.#callbacks;
    if (onMissed === undefined) for (const notification of notifications) this.ring(notification);
    else this.#tell(() => onMissed(notifications, meanwhile, isAll));
  }

  presence(online: ReadonlyMap<string, boolean>): void {
    this.#tell(() => this.#callbacks.onPresence?.(online));
  }

  refused(change: Change, refusal: Refusal): void {
    this.#tell(() => this.#callbacks.onRefused?.(change, refusal));
  }

  /** Throws the first of what the callbacks threw. */
  raise(): void {
    const faults = this.#faults.splice(0);
    if (faults.length > 0) throw faults[0];
  }

  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#faults.push(error);
    }
  }
}

function isSame(one: View, other: View): boolean {
  return (
    one.notifications === other.notifications &&
    one.archived === other.archived &&
    one.sent === other.sent &&
    one.counts === other.counts &&
    one.complete === other.complete &&
    one.mutes === other.mutes &&
    one.quiet === other.quiet &&
    one.pending === other.pending &&
    one.receipts === other.receipts
  );
}
