import {
  decodeDown,
  draftFault,
  type Entry,
  type Notification,
  type Refusal,
  type Refused,
  type SentReply,
  type Snapshot,
  type Up,
} from "@carillon/protocol";
import { nanoid } from "nanoid";
import type { Client, ClientOptions, DraftInput, Status, Submitted } from "./api.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Effect, type Event, initial, type State, step } from "./machine.ts";
import { memoryOutbox, Outbox, type Pending } from "./outbox.ts";
import { type ClientSocket, webSocket } from "./socket.ts";
import { emptyView, type LogView, unrung, viewOf, withEntries } from "./view.ts";
import { platformWakeHints } from "./wake.ts";

/** Makes a client of one user. It does nothing until `start`. */
export function createClient(options: ClientOptions): Client {
  return new Shell(options);
}

/** Does what the machine says: the one place with sockets, timers and callbacks. */
class Shell implements Client {
  readonly #options: ClientOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #outbox: Outbox;
  #state: State = initial;
  #view: LogView = emptyView;
  #socket: ClientSocket | undefined;
  #cancelTimer = () => {};
  #stopHints = () => {};
  /** Counts requests for a token: an answer to an older one is not heard. */
  #tokenRequests = 0;
  readonly #events: Event[] = [];
  #isReacting = false;
  /** What the application's callbacks threw while an event was being dealt with. */
  readonly #faults: unknown[] = [];
  /** Drafts that were sent on this connection. */
  readonly #submitted = new Set<string>();
  /** What cancels the resend of a draft that was refused for now, by its id. */
  readonly #resends = new Map<string, () => void>();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#outbox = new Outbox(options.outbox ?? memoryOutbox());
  }

  start(): void {
    this.#happen({ on: "start" });
  }

  stop(): void {
    this.#happen({ on: "stop" });
  }

  retry(): void {
    this.#happen({ on: "retry" });
  }

  send(input: DraftInput): Submitted {
    const { to, text, thread } = input;
    const id = nanoid();
    const draft = thread === undefined ? { id, to, text } : { id, to, text, thread };
    const refusal = this.#outbox.isFull ? OUTBOX_FULL : draftFault(draft);
    if (refusal !== undefined) return { ok: false, refusal };
    const pending = { draft, at: this.#clock.now() };
    this.#outbox.add(pending);
    this.#tellView();
    this.#submit(pending);
    this.#raise();
    return { ok: true, id };
  }

  discard(id: string): Pending | undefined {
    if (!this.#outbox.pending.some(({ draft, refusal }) => draft.id === id && refusal !== undefined)) return undefined;
    const discarded = this.#outbox.remove(id);
    this.#tellView();
    this.#raise();
    return discarded;
  }

  /** One event at a time: what a callback causes, happens when its own cause is done. */
  #happen(event: Event): void {
    this.#events.push(event);
    if (this.#isReacting) return;
    this.#isReacting = true;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) this.#react(next);
    this.#isReacting = false;
    this.#raise();
  }

  /** Calls the application. Its bugs are loud, but they are not the connection's: what was to be done is done first. */
  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#faults.push(error);
    }
  }

  #raise(): void {
    const faults = this.#isReacting ? [] : this.#faults.splice(0);
    if (faults.length > 0) throw faults[0];
  }

  #react(event: Event): void {
    const before = statusOf(this.#state);
    const [state, ...effects] = step(this.#state, event, { now: this.#clock.now(), random: this.#random() });
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    const status = statusOf(this.#state);
    if (status.at !== before.at) this.#onStatusChange(before, status);
  }

  #onStatusChange(before: Status, status: Status): void {
    if (before.at === "stopped") this.#begin();
    if (status.at === "stopped") this.#stopHints();
    this.#tell(() => this.#options.onStatus?.(status));
  }

  #begin(): void {
    this.#stopHints = (this.#options.wakeHints ?? platformWakeHints)(() => this.#happen({ on: "wake" }));
    if (this.#outbox.pending.length > 0) this.#tellView();
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "askToken":
        return this.#askToken(effect.fresh);
      case "openSocket":
        return this.#openSocket();
      case "dropSocket":
        return this.#dropSocket();
      case "transmit":
        return this.#transmit(effect.message);
      case "flush":
        return this.#outbox.pending.forEach((pending) => this.#submit(pending));
      case "timer":
        return this.#setTimer(effect.ms);
      case "show":
        return this.#show(effect.snapshot);
      case "deliver":
        return this.#deliver(effect.entries);
      case "settle":
        return this.#settle(effect.reply);
      default:
        effect satisfies never;
    }
  }

  #askToken(fresh: boolean): void {
    const request = ++this.#tokenRequests;
    const ifStillAsked = (event: Event) => {
      if (request === this.#tokenRequests) this.#happen(event);
    };
    promised(() => this.#options.token(fresh)).then(
      (token) => ifStillAsked({ on: "token", token }),
      () => ifStillAsked({ on: "noToken" }),
    );
  }

  #openSocket(): void {
    const fromThis = (event: Event) => {
      if (this.#socket === socket) this.#happen(event);
    };
    const socket = (this.#options.socket ?? webSocket)(this.#options.url, {
      onOpen: () => fromThis({ on: "opened" }),
      onFrame: (frame) => {
        const decoded = decodeDown(frame);
        if (decoded.ok) fromThis({ on: "frame", message: decoded.message }); // P4: what it does not know, it ignores.
      },
      onClose: (code, reason) => fromThis({ on: "closed", code, reason }),
    });
    this.#socket = socket;
    this.#submitted.clear();
  }

  #dropSocket(): void {
    const socket = this.#socket;
    this.#socket = undefined; // First: whatever it still says is not heard.
    this.#forgetResends();
    socket?.close(1000);
  }

  #transmit(message: Up): void {
    this.#socket?.send(JSON.stringify(message));
  }

  /** Once a connection, unless the hub asked to hear it again. */
  #submit({ draft, refusal }: Pending): void {
    if (this.#state.at !== "online" || refusal !== undefined || this.#submitted.has(draft.id)) return;
    this.#submitted.add(draft.id);
    this.#transmit({ type: "send", ...draft });
  }

  #setTimer(ms: number | undefined): void {
    this.#cancelTimer();
    this.#cancelTimer = ms === undefined ? () => {} : this.#clock.after(ms, () => this.#happen({ on: "timer" }));
  }

  #show(snapshot: Snapshot): void {
    const fresh = unrung(this.#view, snapshot);
    this.#view = viewOf(snapshot);
    for (const { id } of snapshot.sent) this.#outbox.remove(id);
    this.#tellView();
    for (const notification of fresh) this.#ring(notification);
  }

  #deliver(entries: readonly Entry[]): void {
    this.#view = withEntries(this.#view, entries);
    for (const entry of entries) if (entry.kind === "sent") this.#outbox.remove(entry.id);
    this.#tellView();
    for (const entry of entries) if (entry.kind === "notification") this.#ring(entry);
  }

  #ring(notification: Notification): void {
    this.#tell(() => this.#options.onNotification?.(notification));
  }

  #settle(reply: SentReply | Refused): void {
    if (reply.type === "sent") return this.#removed(reply.id);
    if (reply.retryAfter !== undefined) return this.#submitLater(reply.id, reply.retryAfter);
    const { code, message } = reply;
    this.#outbox.refuse(reply.id, { code, message });
    this.#tellView();
  }

  #removed(id: string): void {
    if (this.#outbox.remove(id) !== undefined) this.#tellView();
  }

  #submitLater(id: string, ms: number): void {
    this.#resends.get(id)?.();
    const cancel = this.#clock.after(ms, () => {
      this.#resends.delete(id);
      this.#submitted.delete(id);
      const pending = this.#outbox.pending.find(({ draft }) => draft.id === id);
      if (pending !== undefined) this.#submit(pending);
    });
    this.#resends.set(id, cancel);
  }

  /** A connection is gone: the next one sends everything anyway. */
  #forgetResends(): void {
    for (const cancel of this.#resends.values()) cancel();
    this.#resends.clear();
  }

  #tellView(): void {
    this.#tell(() => this.#options.onView?.({ ...this.#view, pending: this.#outbox.pending }));
  }
}

const OUTBOX_FULL: Refusal = { code: "outboxFull", message: "Too many drafts wait for the connection." };

/** What an application's function throws at once is a rejection like any other. */
function promised<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return ask();
  } catch (error) {
    return Promise.reject(error);
  }
}

function statusOf(state: State): Status {
  switch (state.at) {
    case "authorizing":
    case "connecting":
    case "greeting":
      return { at: "connecting" };
    case "waiting":
      return { at: "waiting", until: state.until, code: state.code };
    case "refused":
      return { at: "refused", code: state.code, reason: state.reason };
    case "stopped":
    case "online":
      return { at: state.at };
    default:
      return state satisfies never;
  }
}
