import type { HistoryKind, MarkName, MarkTarget, MuteTarget, Seq } from "@carillon/protocol";
import { Announcer } from "./announcer.ts";
import type { Client, ClientOptions, DraftInput, Status, Submitted } from "./api.ts";
import { Attend } from "./attend.ts";
import { type Clock, systemClock } from "./clock.ts";
import { Desk } from "./desk.ts";
import { step } from "./machine/machine.ts";
import { type Effect, type Event, initial, type Reply, type State } from "./machine/state.ts";
import { Adoption } from "./outbox/adoption.ts";
import { Courier } from "./outbox/courier.ts";
import { Outbox } from "./outbox/outbox.ts";
import { memoryOutbox } from "./outbox/store.ts";
import type { Pending } from "./outbox/waiting.ts";
import { Screen } from "./screen.ts";
import { statusOf } from "./status.ts";
import { platformWakeHints } from "./wake.ts";
import { Watch } from "./watch.ts";
import { Wires } from "./wires.ts";

/** Makes a client of one user. It does nothing until `start`. */
export function createClient(options: ClientOptions): Client {
  return new Shell(options);
}

/** Asks the machine, and has done what it says. */
class Shell implements Client {
  readonly #options: ClientOptions;
  readonly #clock: Clock;
  readonly #wires: Wires;
  readonly #random: () => number;
  readonly #announcer: Announcer;
  readonly #outbox: Outbox;
  readonly #courier: Courier;
  readonly #screen: Screen;
  readonly #desk: Desk;
  readonly #adoption: Adoption;
  readonly #watch: Watch;
  readonly #attend: Attend;
  #state: State = initial;
  #stopHints = () => {};
  readonly #events: Event[] = [];
  #isReacting = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#wires = new Wires(options, this.#clock, (event) => this.#happen(event));
    this.#announcer = new Announcer(options);
    const store = options.outbox ?? memoryOutbox();
    this.#outbox = new Outbox(store);
    this.#courier = new Courier(this.#outbox, this.#clock, {
      transmit: (request) => this.#wires.transmit(request),
      onLapse: () => this.#screen.refresh(),
    });
    this.#watch = new Watch((request) => this.#wires.transmit(request), this.#announcer, this.#clock);
    this.#attend = new Attend((request) => this.#wires.transmit(request), this.#clock);
    this.#screen = new Screen(this.#outbox, this.#announcer, this.#clock);
    this.#desk = new Desk({
      outbox: this.#outbox,
      courier: this.#courier,
      screen: this.#screen,
      announcer: this.#announcer,
      clock: this.#clock,
    });
    this.#adoption = new Adoption(store, this.#clock, () => this.#ask(() => this.#desk.adopt()));
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

  send(draft: DraftInput): Submitted {
    return this.#ask(() => this.#desk.send(draft));
  }

  discard(id: string): Pending | undefined {
    return this.#ask(() => this.#desk.discard(id));
  }

  mark(mark: MarkName, target: MarkTarget): void {
    this.#ask(() => this.#desk.mark(mark, target, this.#state.position));
  }

  snooze(seqs: readonly Seq[], until?: number): void {
    this.#ask(() => this.#desk.snooze(seqs, until, this.#state.position?.epoch));
  }

  mute(target: MuteTarget, muted: boolean): void {
    this.#ask(() => this.#desk.mute(target, muted));
  }

  quiet(until?: number): void {
    this.#ask(() => this.#desk.quiet(until));
  }

  retract(draft: string): void {
    this.#ask(() => this.#desk.retract(draft));
  }

  edit(draft: string, text: string): Submitted {
    return this.#ask(() => this.#desk.edit(draft, text));
  }

  watch(uids: readonly string[]): void {
    this.#ask(() => this.#watch.change(uids));
  }

  attend(threads: readonly string[]): void {
    this.#ask(() => this.#attend.change(threads));
  }

  older(of: HistoryKind): Promise<void> {
    if (this.#state.at !== "online") return Promise.reject(new Error("There is no connection."));
    return this.#screen.older(of, (request) => this.#wires.transmit(request));
  }

  /** What the application's callbacks throw meanwhile, its own call throws, when all is done. */
  #ask<T>(ask: () => T): T {
    const answer = ask();
    if (!this.#isReacting) this.#announcer.raise();
    return answer;
  }

  /** One event at a time: what a callback causes, happens when its own cause is done. */
  #happen(event: Event): void {
    this.#events.push(event);
    if (this.#isReacting) return;
    this.#isReacting = true;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) this.#react(next);
    this.#isReacting = false;
    this.#announcer.raise();
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
    if (status.at === "stopped") this.#end();
    this.#announcer.status(status);
  }

  #begin(): void {
    const hints = this.#options.wakeHints ?? platformWakeHints;
    this.#stopHints = hints(
      () => this.#happen({ on: "wake" }),
      () => this.#happen({ on: "rest" }),
    );
    this.#adoption.start();
    if (this.#outbox.pending.length > 0) this.#screen.refresh();
  }

  #end(): void {
    this.#stopHints();
    this.#adoption.stop();
    this.#screen.stop();
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "askToken":
        return this.#wires.askToken(effect.why);
      case "openSocket":
        return this.#wires.openSocket(effect.transport);
      case "tryWebSocket":
        return this.#wires.tryWebSocket();
      case "dropSocket":
        return this.#hangUp();
      case "transmit":
        return this.#wires.transmit(effect.message);
      case "flush":
        return this.#open();
      case "timer":
        return this.#wires.setTimer(effect.ms);
      case "catchUp":
        return this.#catchUp(effect.upTo);
      case "show":
        return this.#show(effect);
      case "deliver":
        return this.#deliver(effect);
      case "settle":
        return this.#settle(effect.reply);
      case "tellPresence":
        return this.#watch.heard(effect.users);
      default:
        effect satisfies never;
    }
  }

  get #reached(): Seq {
    return this.#state.position?.seq ?? 0;
  }

  #settle(reply: Reply): void {
    this.#watch.settle(reply);
    this.#attend.settle(reply);
    this.#desk.settle(reply);
  }

  #catchUp(upTo: Seq): void {
    this.#attend.catchUp(upTo);
    this.#screen.catchUp(upTo);
  }

  #open(): void {
    this.#watch.open();
    this.#attend.open();
    this.#courier.open();
  }

  #hangUp(): void {
    this.#courier.close();
    this.#watch.close();
    this.#attend.close();
    this.#screen.close();
    this.#wires.dropSocket();
  }

  #show({ uid, snapshot, counts }: Extract<Effect, { do: "show" }>): void {
    this.#outbox.enter(this.#state.position?.epoch);
    this.#screen.show(uid, snapshot, counts, this.#reached);
  }

  #deliver({ entries, counts }: Extract<Effect, { do: "deliver" }>): void {
    this.#screen.deliver(entries, counts, this.#reached);
    const seqs = this.#attend.witnessed(entries);
    if (seqs.length > 0) this.#desk.mark("seen", { seqs: [...seqs] }, this.#state.position);
    this.#courier.carry(); // A draft that is stored lets go what waited for it.
  }
}
