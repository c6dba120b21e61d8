import { join } from "node:path";
import { Close, type Position } from "@carillon/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localBus } from "../bus/local.ts";
import { openSqliteInbox } from "../inbox/sqlite/inbox.ts";
import { grantOf } from "../testing/grants.ts";
import { MemoryLine } from "../testing/memory-line.ts";
import { fail, temporaryPlace } from "../testing/place.ts";
import { portOf } from "../testing/port-of.ts";
import { Hub } from "./hub.ts";
import { type Bus, type Inbox, InboxUnavailable, type Revocations } from "./ports.ts";
import { Session, startOf } from "./session.ts";
import { logOf } from "../testing/log-of.ts";

let place: Awaited<ReturnType<typeof temporaryPlace>>;
let inbox: Inbox & Revocations;
let rings: { uid: string; head: number }[];
let hear: (uid: string, head: number) => void;
let doubt: (concerns: (uid: string) => boolean) => void;

beforeEach(async () => {
  place = await temporaryPlace();
  inbox = await openSqliteInbox({ file: join(place.path, "carillon.db"), onFatal: fail });
  rings = [];
});
afterEach(async () => {
  await inbox.close();
  await place.remove();
});

const bus: Bus = {
  ...localBus(),
  ring: (uid, head) => rings.push({ uid, head }),
  onRing: (listener) => (hear = listener),
  onDoubt: (listener) => (doubt = listener),
};
const hubOn = (store: Inbox, connections: "all" | "latest" = "all") =>
  new Hub({ inbox: store, revocations: inbox, bus, connections, now: () => 1 });

async function tab(hub: Hub, uid: string, position?: Position) {
  const line = new MemoryLine();
  const session = new Session(hub, `${uid}-session`, grantOf(uid), line);
  const standing = await session.open(startOf(position));
  session.follow();
  return { line, session, standing };
}

const hello = (id: string, to = "101") => ({ id, to, text: `text of ${id}` });

describe("the hub", () => {
  it("[P20] rings every session of the target, and nobody else", async () => {
    const hub = hubOn(inbox);
    const [author, first, second, other] = await Promise.all([
      tab(hub, "100"),
      tab(hub, "101"),
      tab(hub, "101"),
      tab(hub, "102"),
    ]);
    await hub.send("100", hello("d1"));
    expect(await first.line.received(1)).toMatchObject([{ kind: "notification", from: "100", text: "text of d1" }]);
    expect(await second.line.received(1)).toEqual(first.line.entries);
    expect(await author.line.received(1)).toMatchObject([{ kind: "sent", to: "101" }]);
    expect(other.line.entries).toEqual([]);
  });

  it("[P6] neither answers nor pushes before the entry is durable", async () => {
    const gate = Promise.withResolvers<void>();
    const slow: Inbox = { ...portOf(inbox), commit: async (changes) => gate.promise.then(() => inbox.commit(changes)) };
    const hub = hubOn(slow);
    const { line } = await tab(hub, "101");
    let answered = false;
    const sending = hub.send("100", hello("d1")).then((outcome) => {
      answered = true;
      return outcome;
    });
    await inbox.read("101", 0, 1); // A round trip through the store: whatever could have happened early has.
    expect([answered, line.entries.length]).toEqual([false, 0]);
    gate.resolve();
    expect(await sending).toMatchObject({ outcome: "sent", seq: 1 });
    await line.received(1);
  });

  it("[P11] refuses what policy does not allow without touching a log", async () => {
    const hub = hubOn(inbox);
    const outcome = await hub.send("100", { id: "d1", to: "101", text: "  " });
    expect(outcome).toMatchObject({ outcome: "refused", refusal: { code: "emptyText" } });
    expect((await inbox.read("101", 0, 1)).entries).toEqual([]);
  });

  it("[P11] refuses with retryAfter when the store cannot serve, and pushes nothing", async () => {
    const hub = hubOn({ ...portOf(inbox), commit: async () => Promise.reject(new InboxUnavailable("full", 2_000)) });
    expect(await hub.send("100", hello("d1"))).toMatchObject({
      outcome: "refused",
      refusal: { code: "unavailable", retryAfter: 2_000 },
    });
  });

  it("[P12] a resend is told that it is one, and rings nobody again", async () => {
    const hub = hubOn(inbox);
    const { line } = await tab(hub, "101");
    expect(await hub.send("100", hello("d1"))).toMatchObject({ seq: 1, duplicate: false });
    expect(await hub.send("100", hello("d1"))).toMatchObject({ seq: 1, duplicate: true });
    expect(await hub.send("100", { ...hello("d1"), text: "other" })).toMatchObject({ refusal: { code: "conflict" } });
    await hub.send("100", hello("d2"));
    expect((await line.received(2)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("[P16] whoever sends is who the token says, whatever else a draft may carry", async () => {
    const hub = hubOn(inbox);
    const smuggling = { ...hello("d1"), from: "somebody else", at: 99, op: "edit" };
    await hub.send("100", smuggling);
    expect(await logOf(inbox, "101")).toMatchObject([{ kind: "notification", from: "100", at: 1 }]);
  });

  it("[P14] a session's acknowledgement becomes a receipt in the author's log, once", async () => {
    const hub = hubOn(inbox);
    const [author, first, second] = await Promise.all([tab(hub, "100"), tab(hub, "101"), tab(hub, "101")]);
    await hub.send("100", hello("d1"));
    await Promise.all([first.line.received(1), second.line.received(1)]);
    expect(first.session.ack(1)).toBe(true);
    expect(second.session.ack(1)).toBe(true);
    expect(await author.line.received(2)).toMatchObject([
      { kind: "sent" },
      { kind: "receipt", state: "delivered", ids: ["d1"] },
    ]);
    await hub.send("100", hello("d2"));
    expect((await author.line.received(3)).map(({ kind }) => kind)).toEqual(["sent", "receipt", "sent"]);
  });

  it("[P7] what one commit adds to a log comes together, whoever asked for it", async () => {
    const hub = hubOn(inbox);
    const [author, reader] = await Promise.all([tab(hub, "100"), tab(hub, "101")]);
    await Promise.all(Array.from({ length: 5 }, (_, n) => hub.send(n < 3 ? "100" : "102", hello(`d${n}`))));
    expect((await reader.line.received(5)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect((await author.line.received(3)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    // What is asked for in one turn is one commit.
    expect(rings.map(({ uid, head }) => [uid, head])).toEqual([
      ["101", 5],
      ["100", 3],
      ["102", 2],
    ]);
  });

  it("[P14] what was never sent cannot be acknowledged", async () => {
    const { session } = await tab(hubOn(inbox), "101");
    expect(session.ack(1)).toBe(false);
  });

  it("[P14] an acknowledgement that the store could not take is said again by the next one", async () => {
    const refused = Promise.withResolvers<void>();
    let broken = true;
    const hub = hubOn({
      ...portOf(inbox),
      commit: async (changes) => {
        if (!broken || !changes.some(({ op }) => op === "acknowledge")) return inbox.commit(changes);
        refused.resolve();
        throw new InboxUnavailable("busy");
      },
    });
    const [author, reader] = await Promise.all([tab(hub, "100"), tab(hub, "101")]);
    await hub.send("100", hello("d1"));
    await reader.line.received(1);
    reader.session.ack(1);
    await refused.promise;
    await inbox.read("101", 0, 1); // By then the hub has heard it.
    broken = false;
    reader.session.ack(1);
    expect(await author.line.received(2)).toMatchObject([{}, { kind: "receipt", ids: ["d1"] }]);
  });

  it("[P20] with latest, a new session replaces the older ones and not those of others", async () => {
    const hub = hubOn(inbox, "latest");
    const [older, other] = await Promise.all([tab(hub, "101"), tab(hub, "102")]);
    const newer = await tab(hub, "101");
    expect(await older.line.hungUp()).toEqual(Close.replaced);
    expect([...newer.line.closes, ...other.line.closes]).toEqual([]);
  });

  it("[P20] with latest, of many that come at once exactly one stays", async () => {
    const hub = hubOn(inbox, "latest");
    const tabs = await Promise.all(Array.from({ length: 20 }, () => tab(hub, "101")));
    const replaced = tabs.filter(({ line }) => line.closes.length > 0);
    expect(replaced.map(({ line }) => line.closes[0])).toEqual(Array.from({ length: 19 }, () => Close.replaced));
    for (const { session } of replaced) session.end();
    await hub.send("100", hello("d1"));
    const left = tabs.find(({ line }) => line.closes.length === 0);
    expect(await left?.line.received(1)).toHaveLength(1);
    left?.session.end();
    expect(hub.present().users).toBe(0);
  });

  it("[P50] takes so many sessions of a user and no more, until one ends", async () => {
    const hub = new Hub({ inbox, revocations: inbox, bus, connections: "all", now: () => 1, mostSessions: 2 });
    const [first] = await Promise.all([tab(hub, "101"), tab(hub, "101"), tab(hub, "102")]);
    const third = await tab(hub, "101");
    expect([third.standing, await third.line.hungUp()]).toEqual([undefined, Close.crowded]);
    third.session.end();
    first.session.end();
    expect((await tab(hub, "101")).standing).toBeDefined();
  });

  it("tells the bus of every log that grew, and reads the log when another hub rings", async () => {
    const hub = hubOn(inbox);
    const { line } = await tab(hub, "101");
    await hub.send("100", hello("d1"));
    expect(rings).toEqual([
      { uid: "101", head: 1 },
      { uid: "100", head: 1 },
    ]);
    await inbox.commit([{ op: "append", ...hello("elsewhere"), from: "100", at: 1 }]);
    hear("101", 2);
    expect((await line.received(2)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("reads the logs of its users that are in doubt, and of nobody else, also once the store is back", async () => {
    const asked: string[] = [];
    let isBack = false;
    const hub = hubOn({
      ...portOf(inbox),
      open: async (uid, start) => {
        if (start.from === "acked") asked.push(uid);
        if (start.from === "acked" && !isBack) throw new InboxUnavailable("away", 10);
        return inbox.open(uid, start);
      },
    });
    const [concerned] = await Promise.all([tab(hub, "101"), tab(hub, "102")]);
    await inbox.commit([{ op: "append", ...hello("unrung"), from: "100", at: 1 }]);
    doubt((uid) => uid === "101");
    isBack = true;
    expect(await concerned.line.received(1)).toMatchObject([{ id: "unrung" }]);
    expect(new Set(asked)).toEqual(new Set(["101"]));
  });

  it("[P32] hangs up on whose token was revoked elsewhere while rings were lost", async () => {
    const hub = hubOn(inbox);
    const [revoked, other] = await Promise.all([tab(hub, "101"), tab(hub, "102")]);
    for (const uid of ["101", "102"]) await inbox.revoke({ of: "user", uid, until: Date.now() });
    doubt((uid) => uid === "101");
    expect(await revoked.line.hungUp()).toEqual(Close.revoked);
    expect(other.line.closes).toEqual([]);
  });

  it("[P7] where another hub's entries lie between those of one commit, it reads the log", async () => {
    const between = async <C>(changes: readonly C[], commit: (some: readonly C[]) => Promise<readonly unknown[]>) => {
      const first = await commit(changes.slice(0, 1));
      await inbox.commit([{ op: "append", ...hello("theirs"), from: "102", at: 1 }]);
      return [...first, ...(await commit(changes.slice(1)))];
    };
    const store: Inbox = {
      ...portOf(inbox),
      commit: (changes) => between(changes, (some) => inbox.commit(some)) as never,
    };
    const hub = hubOn(store);
    const { line } = await tab(hub, "101");
    await hub.sendAll("100", [hello("d1"), hello("d2")]);
    expect((await line.received(3)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});
