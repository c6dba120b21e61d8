import { setTimeout } from "node:timers/promises";
import type { OutboxStore } from "@carillon/client";
import type { MarkName } from "@carillon/protocol";
import { keptOutbox } from "../fixtures/kept-outbox.ts";
import { counts, inboxLine, sentLine, Truth } from "./truth.ts";
import type { Tab, World } from "./world.ts";

/** What happens in one interleaving. Numbers choose among what is there, counted round. */
export type Happening =
  | { readonly what: "send"; readonly who: number; readonly tab: number; readonly to: number }
  | { readonly what: "mark"; readonly who: number; readonly which: number; readonly mark: MarkName }
  | { readonly what: "markAll"; readonly who: number; readonly mark: "seen" | "read" | "archived" | "unarchived" }
  | { readonly what: "snooze"; readonly who: number; readonly which: number; readonly isOff: boolean }
  | { readonly what: "mute"; readonly who: number; readonly whom: number; readonly muted: boolean }
  | { readonly what: "quiet"; readonly who: number; readonly isOver: boolean }
  /** Two hours pass for the hub; where it is down, while it is. */
  | { readonly what: "later"; readonly isDown: boolean }
  | { readonly what: "edit" | "retract"; readonly who: number; readonly which: number }
  | { readonly what: "cut"; readonly which: number }
  | { readonly what: "open" | "close" | "reload"; readonly who: number }
  | { readonly what: "crash" | "restart" }
  /** Lets the world turn: frames arrive, commits return, clients reconnect. */
  | { readonly what: "turn"; readonly times: number };

type Person = { readonly uid: string; readonly outbox: OutboxStore; tabs: Tab[]; readonly written: string[] };

/** Some people who live through happenings on one hub, and the truth of what they did. */
export class Life {
  readonly #world: World;
  readonly #truth = new Truth();
  readonly #people: readonly Person[];
  #isUp = true;
  #texts = 0;

  /** @param name tells the people of this life from those of others on the same store. */
  constructor(world: World, name: string, people: number) {
    this.#world = world;
    this.#people = Array.from({ length: people }, (_, n) => {
      const uid = `${name}-${n}`;
      const outbox = keptOutbox();
      return { uid, outbox, tabs: [world.open(uid, outbox)], written: [] };
    });
  }

  async happen(happening: Happening): Promise<void> {
    switch (happening.what) {
      case "send":
        return this.#send(this.#person(happening.who), happening.tab, this.#person(happening.to));
      case "mark":
        return this.#mark(this.#person(happening.who), happening.which, happening.mark);
      case "markAll":
        return this.#markAll(this.#person(happening.who), happening.mark);
      case "snooze":
        return this.#snooze(this.#person(happening.who), happening.which, happening.isOff);
      case "mute":
        return this.#mute(this.#person(happening.who), happening.whom, happening.muted);
      case "quiet":
        return this.#quiet(this.#person(happening.who), happening.isOver);
      case "later":
        return this.#later(happening.isDown);
      case "edit":
      case "retract":
        return this.#rewrite(this.#person(happening.who), happening.which, happening.what);
      case "cut":
        return this.#world.cut(happening.which);
      case "open":
      case "close":
      case "reload":
        return this.#move(this.#person(happening.who), happening.what);
      case "crash":
        return this.#crash();
      case "restart":
        return this.#restart();
      case "turn":
        return this.#turn(happening.times);
      default:
        happening satisfies never;
    }
  }

  /** Lets everything come to rest, with a fresh tab for each, and gives what is not as it should be. */
  async settle(): Promise<readonly string[]> {
    await this.#calm();
    for (const person of this.#people) person.tabs.push(this.#world.open(person.uid, person.outbox));
    await this.#calm();
    for (let turn = 0; turn < QUIET_TURNS; turn++) await this.#rest(); // What is not quite quiet may still spoil it.
    const faults = this.#faults();
    this.leave();
    return faults;
  }

  /** Closes every tab. */
  leave(): void {
    for (const { tabs } of this.#people) for (const tab of tabs.splice(0)) this.#world.close(tab);
  }

  #send(person: Person, which: number, to: Person): void {
    const text = `text ${++this.#texts}`;
    const thread = threadOf(this.#texts);
    const submitted = pick(person.tabs, which)?.client.send({ to: to.uid, text, thread });
    if (submitted?.ok !== true) return;
    this.#truth.send(person.uid, to.uid, submitted.id, text, thread);
    person.written.push(submitted.id);
  }

  // Marks, edits and retractions are all made in a person's first tab: made in two at once, their order would be anybody's guess.
  #mark({ tabs: [first] }: Person, which: number, mark: MarkName): void {
    const notification = pick(first?.view?.notifications ?? [], which);
    if (notification === undefined) return;
    first?.client.mark(mark, { seqs: [notification.seq] });
    this.#truth.mark(mark, [notification.id]);
  }

  #markAll({ tabs: [first] }: Person, mark: MarkName): void {
    const inbox = first?.view?.notifications ?? [];
    const last = inbox.at(-1);
    if (last === undefined) return;
    first?.client.mark(mark, { upTo: last.seq });
    this.#truth.mark(
      mark,
      inbox.map(({ id }) => id),
    );
  }

  #snooze({ tabs: [first] }: Person, which: number, isOff: boolean): void {
    const notification = pick(first?.view?.notifications ?? [], which);
    if (notification === undefined) return;
    first?.client.snooze([notification.seq], isOff ? undefined : this.#world.now() + HOUR_MS);
    this.#truth.snooze(notification.id, !isOff);
  }

  /** Between what was sent before and what is sent after: meanwhile nobody could say which comes first. */
  async #mute({ uid, tabs: [first] }: Person, whom: number, muted: boolean): Promise<void> {
    await this.#mustCalm();
    const target = whom % 2 === 0 ? { thread: threadOf(whom) } : { from: this.#person(whom).uid };
    first?.client.mute(target, muted);
    this.#truth.mute(uid, target, muted);
    await this.#mustCalm();
  }

  #quiet({ uid, tabs: [first] }: Person, isOver: boolean): void {
    const until = isOver ? undefined : this.#world.now() + 2_000 * HOUR_MS;
    first?.client.quiet(until);
    this.#truth.quiet(uid, until);
  }

  /** What is marked while it comes again, nobody could say. */
  async #later(isDown: boolean): Promise<void> {
    await this.#mustCalm();
    if (isDown) await this.#crash();
    this.#world.pass(2 * HOUR_MS);
    this.#truth.wake();
    await this.#mustCalm();
  }

  #rewrite({ tabs: [first], written }: Person, which: number, what: "edit" | "retract"): void {
    const id = pick(written, which);
    const known = [...(first?.view?.sent ?? []), ...(first?.view?.pending ?? []).map(({ draft }) => draft)];
    if (id === undefined || !known.some((line) => line.id === id)) return;
    if (what === "retract") {
      first?.client.retract(id);
      return this.#truth.retract(id);
    }
    if (!first?.view?.sent.some((line) => line.id === id && line.retracted !== true)) return;
    const text = `text ${++this.#texts}`;
    if (first.client.edit(id, text).ok) this.#truth.edit(id, text);
  }

  #move(person: Person, what: "open" | "close" | "reload"): void {
    const [first, ...others] = person.tabs;
    const last = others.at(-1);
    if (what === "open" && person.tabs.length < TABS) {
      person.tabs.push(this.#world.open(person.uid, person.outbox));
    } else if (what === "close" && last !== undefined) {
      this.#world.close(last);
      person.tabs.pop();
    } else if (what === "reload" && first !== undefined) {
      this.#world.close(first);
      person.tabs = [this.#world.open(person.uid, person.outbox), ...others];
    }
  }

  async #crash(): Promise<void> {
    if (!this.#isUp) return;
    this.#isUp = false;
    await this.#world.crash();
  }

  async #restart(): Promise<void> {
    if (this.#isUp) return;
    await this.#world.start();
    this.#isUp = true;
  }

  async #turn(times: number): Promise<void> {
    for (let n = 0; n < times; n++) {
      this.#world.clock.pass(TURN_MS);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }

  /** Lets everything come to rest. Gives what is not as it should be, however long one waits. */
  async #calm(): Promise<readonly string[]> {
    await this.#restart();
    for (let turn = 0; turn < PATIENCE_TURNS && this.#faults().length > 0; turn++) await this.#rest();
    return this.#faults();
  }

  async #mustCalm(): Promise<void> {
    // What a closed tab had not sent yet, the next one that is opened sends.
    const fresh = this.#people.map(({ uid, outbox, tabs }) => [tabs, this.#world.open(uid, outbox)] as const);
    for (const [tabs, tab] of fresh) tabs.push(tab);
    const faults = await this.#calm();
    for (const [tabs, tab] of fresh) this.#world.close(tabs.pop() ?? tab);
    if (faults.length > 0) throw new Error(faults.join("\n"));
  }

  /** A turn that gives the store's thread and the disk their time too. */
  async #rest(): Promise<void> {
    this.#world.clock.pass(TURN_MS);
    await setTimeout(1);
  }

  #faults(): readonly string[] {
    return this.#people.flatMap(({ uid, outbox, tabs }) => [
      // Until everything is answered nothing is quiet, also where all tabs happen to agree already.
      ...outbox.load().map(({ request }) => `${uid}: ${request.type} waits for its answer`),
      ...tabs.flatMap((tab, n) => this.#faultsOf(uid, n, tab, tabs.at(-1))),
    ]);
  }

  #faultsOf(uid: string, n: number, { view, at, rung }: Tab, fresh: Tab | undefined): string[] {
    const inbox = this.#truth.inboxOf(uid);
    const counted = inbox.filter(counts);
    const unseen = counted.filter(({ seen }) => !seen).length;
    const unread = counted.filter(({ read }) => !read).length;
    const occasions = rung.map(({ id, wokenFrom }) => `${id} ${wokenFrom?.seq}`);
    const archived = inbox.filter((written) => written.archived);
    const compared: readonly (readonly [what: string, is: unknown, should: unknown])[] = [
      ["connection", at, "online"],
      ["pending", view?.pending.length, 0],
      ["inbox", view?.notifications.map(inboxLine).toSorted(), inbox.map(inboxLine).toSorted()],
      ["order", view?.notifications.map(({ id }) => id), fresh?.view?.notifications.map(({ id }) => id)],
      ["sent", shown(view).toSorted(), this.#truth.sentOf(uid).map(sentLine).toSorted()],
      ["counts", [view?.counts?.unseen, view?.counts?.unread], [unseen, unread]],
      ["archived", view?.archived.map(inboxLine).toSorted(), archived.map(inboxLine).toSorted()],
      ["mutes", view?.mutes.map((target) => JSON.stringify(target)).toSorted(), this.#truth.mutesOf(uid).toSorted()],
      ["quiet", view?.quiet?.over === true ? undefined : view?.quiet?.until, this.#truth.quietOf(uid)],
      ["rung twice", occasions.length, new Set(occasions).size],
      ["rung though muted", rung.filter(({ muted }) => muted).length, 0],
    ];
    return compared.flatMap(([what, is, should]) =>
      JSON.stringify(is) === JSON.stringify(should)
        ? []
        : [`${uid}, tab ${n}, ${what}: is ${JSON.stringify(is)}, should be ${JSON.stringify(should)}`],
    );
  }

  #person(n: number): Person {
    const person = pick(this.#people, n);
    if (person === undefined) throw new Error("A life without people.");
    return person;
  }
}

const TABS = 3;
const HOUR_MS = 3_600_000;
/** Of the clients' time: little enough that nobody gives up on a hub that only waits for its disk. */
const TURN_MS = 10;
/** Turns after which what is not at rest never will be. */
const PATIENCE_TURNS = 5_000;
const QUIET_TURNS = 3;

function threadOf(n: number): string {
  return `thread ${n % 3}`;
}

function shown(view: Tab["view"]): readonly string[] {
  return (view?.sent ?? []).filter(({ retracted }) => retracted !== true).map(sentLine);
}

function pick<T>(among: readonly T[], n: number): T | undefined {
  return among.length === 0 ? undefined : among[n % among.length];
}
