import { describe, expect, it } from "vitest";
import type { Change } from "../../hub/ports.ts";
import { InboxUnavailable } from "../../hub/ports.ts";
import { redisForAll } from "../../testing/redis-place.ts";
import { entryIn } from "../../hub/written.ts";
import { AT, draft, opened } from "../contract/bench.ts";
import { acknowledge } from "./changes/acknowledge.ts";
import { append } from "./changes/append.ts";
import { lapse } from "./changes/lapse.ts";
import { mark } from "./changes/mark.ts";
import { edit, retract } from "./changes/rewrite.ts";
import { snooze } from "./changes/silence.ts";
import { Connection, type Send } from "../../redis/connection.ts";
import { Keys } from "../../redis/keys.ts";
import { readLog } from "./reading.ts";
import { loadLibrary, Store } from "./store.ts";

const server = redisForAll();

/**
 * Every change that concerns several logs, broken off at each of its commands, once before Redis has it and once after: done again,
 * the logs are as if nothing had happened.
 */
describe("a change that breaks off between two logs, and is asked for again", { timeout: 30_000 }, () => {
  const first = draft("100", "101", "d1", { ttl: 60 });
  const LATER = AT + 30_000;
  it.each<readonly [rule: string, before: readonly Change[], change: Change]>([
    ["[P12] a draft", [], draft("100", "101", "d1")],
    ["[P12] [P38] a draft with a time to live", [], first],
    ["[P12] a draft to oneself", [], draft("100", "100", "d1")],
    ["[P14] an acknowledgement", [first], { op: "acknowledge", reached: [{ uid: "101", seq: 1 }], at: AT }],
    ["[P24] a mark", [first], marking({ upTo: 9 })],
    ["[P24] a mark by seqs", [first], marking({ seqs: [1] })],
    ["[P26] an edit", [first], { op: "edit", from: "100", id: "d1", text: "new", at: AT }],
    ["[P26] a retraction", [first], { op: "retract", from: "100", id: "d1", at: AT }],
    ["[P38] the end of a time to live", [first], { op: "lapse", at: AT + 60_000 }],
    ["[P53] putting off", [first], { op: "snooze", uid: "101", seqs: [1], until: LATER, at: AT }],
    [
      "[P53] coming again",
      [first, { op: "snooze", uid: "101", seqs: [1], until: LATER, at: AT }],
      { op: "lapse", at: LATER },
    ],
  ])("%s is done once", async (_rule, before, change) => {
    await using bench = await Steps.on(server().url);
    const { logs: whole, commands } = await bench.run(before, change);
    expect(commands).toBeGreaterThan(1);
    for (let n = 0; n < commands; n++)
      for (const when of ["before", "after"] as const) {
        const { logs } = await bench.run(before, change, { n, when });
        expect(logs, `broken off ${when} command ${n}`).toEqual(whole);
      }
  });

  it.each<readonly [rule: string, done: readonly Change[], state: string]>([
    ["[P14] what is acknowledged", [{ op: "acknowledge", reached: [{ uid: "101", seq: 1 }], at: AT }], "delivered"],
    [
      "[P24] what is marked",
      [{ op: "acknowledge", reached: [{ uid: "101", seq: 1 }], at: AT }, marking({ upTo: 9 })],
      "read",
    ],
  ])("%s before its author has it sent begins so in the author's log", async (_rule, changes, state) => {
    await using bench = await Steps.on(server().url);
    const plain = draft("100", "101", "d1");
    const { commands } = await bench.run([], plain);
    const { store } = bench.store({ n: commands - 1, when: "before" });
    await expect(append(store, [plain])).rejects.toThrow(InboxUnavailable);
    const { store: whole } = bench.store(undefined, store.keys);
    for (const change of changes) await done(whole, change);
    const stored = (await append(whole, [plain])).map(opened);
    expect(stored).toMatchObject([{ outcome: "stored", growth: [{}, { entries: [{ state }] }] }]);
    const { entries } = await readLog(whole, "100", 0, 10);
    expect(entries.map(entryIn)).toMatchObject([{ kind: "sent", id: "d1", state }]);
  });

  it("[P12] a claim that was never used does not hold the id for another body for ever: retention forgets it", async () => {
    await using bench = await Steps.on(server().url);
    const { store } = bench.store({ n: 1, when: "before" });
    await expect(append(store, [first])).rejects.toThrow(InboxUnavailable);
    const { store: whole } = bench.store(undefined, store.keys);
    expect(await append(whole, [{ ...first, text: "other" }])).toEqual([{ outcome: "conflict" }]);
    await whole.change("expire", "100", AT + 2, AT + 1);
    expect(await append(whole, [{ ...first, text: "other" }])).toMatchObject([{ outcome: "stored", seq: 1 }]);
  });
});

function marking(target: { upTo: number } | { seqs: number[] }): Change {
  return { op: "mark", uid: "101", mark: "read", target, withhold: false, at: AT };
}

/** Where a change breaks off: at its nth command, which Redis has not, or has. */
type Cut = { readonly n: number; readonly when: "before" | "after" };

class Steps {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async on(url: string): Promise<Steps> {
    const connection = new Connection({
      url,
      patience: 2_000,
      prepare: loadLibrary,
    });
    await connection.open();
    return new Steps(connection);
  }

  /** What stands in both logs after the change, and how many commands it took. */
  async run(before: readonly Change[], change: Change, cut?: Cut) {
    const { store: whole } = this.store();
    for (const each of before) await done(whole, each);
    const { store, count } = this.store(cut, whole.keys);
    const doing = done(store, change);
    if (cut === undefined) await doing;
    else {
      await expect(doing).rejects.toThrow(InboxUnavailable);
      await done(whole, change);
    }
    const logs = await Promise.all(["100", "101"].map((uid) => readLog(whole, uid, 0, 100)));
    return { logs: logs.map(({ entries, counts }) => ({ entries, counts })), commands: count() };
  }

  store(cut?: Cut, keys = new Keys(`steps-${crypto.randomUUID()}`)) {
    let n = 0;
    const send: Send = async <T>(command: readonly string[]) => {
      const isCut = n++ === cut?.n;
      if (isCut && cut?.when === "before") throw new InboxUnavailable("cut before");
      const reply = await this.#connection.send<T>(command);
      if (isCut) throw new InboxUnavailable("cut after");
      return reply;
    };
    const bounds = { user: 1_000, application: 1_000 };
    return { store: new Store({ send, keys, bounds }), count: () => n };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.close();
  }
}

async function done(store: Store, change: Change): Promise<unknown> {
  switch (change.op) {
    case "append":
      return append(store, [change]);
    case "acknowledge":
      return acknowledge(store, change);
    case "mark":
      return mark(store, change);
    case "edit":
      return edit(store, change);
    case "retract":
      return retract(store, change);
    case "lapse":
      return lapse(store, change);
    case "snooze":
      return snooze(store, change);
    default:
      throw new Error("This one concerns one log.");
  }
}
