import { tutorialToken } from "@carillon/protocol/token";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SocketLine } from "../testing/socket-line.ts";
import type { StreamLine } from "../testing/stream-line.ts";
import { startTestHub, type TestHub, TUTORIAL_KEY } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

const UNASKED = { type: "entries", ack: false };
const UNACKED = { type: "unacked" };

describe.each(["websocket", "stream"] as const)("tabs of one user over %s", (transport) => {
  /** An author, and two tabs of a reader of which the first answers for both; one notification has come. */
  async function pair(name: string) {
    const { tab } = hub.over(transport);
    const reader = `${name}-${transport}`;
    const author = await hub.tab(`of-${reader}`);
    const tabs = [await tab(reader), await tab(reader)] as const;
    const send = (id: string) => author.send({ type: "send", id, to: reader, text: "text" });
    send("first");
    for (const each of tabs) expect(await each.next()).not.toHaveProperty("ack");
    tabs[0].send({ type: "ack", seq: 1 });
    expect(await receiptAt(author)).toEqual(["first"]);
    return { author, deputy: tabs[0], other: tabs[1], send, reader };
  }

  it("[P57] one is asked to answer, the others are not; the receipt comes", async () => {
    const { author, deputy, other, send } = await pair("two");
    send("second");
    const asked = await deputy.next();
    expect(asked).not.toHaveProperty("ack");
    expect(await other.next()).toEqual({ ...(asked as object), ...UNASKED });
    deputy.send({ type: "ack", seq: 2 });
    expect(await receiptAt(author)).toEqual(["second"]);
  });

  it("[P57] [P14] one that is silent: the others are asked, and the receipt comes, once", async () => {
    const { author, other, send } = await pair("silent");
    send("second");
    expect(await other.next()).toMatchObject(UNASKED);
    expect(await other.next()).toEqual(UNACKED);
    other.send({ type: "ack", seq: 2 });
    expect(await receiptAt(author)).toEqual(["second"]);
    send("third");
    expect(await other.next()).not.toHaveProperty("ack"); // It is the one now.
    other.send({ type: "ack", seq: 3 });
    expect(await receiptAt(author)).toEqual(["third"]);
  });

  it("[P57] one that goes: the others are asked at once", async () => {
    const { author, deputy, other, send } = await pair("gone");
    send("second");
    expect(await other.next()).toMatchObject(UNASKED);
    deputy.terminate();
    expect(await other.next()).toEqual(UNACKED);
    other.send({ type: "ack", seq: 2 });
    expect(await receiptAt(author)).toEqual(["second"]);
  });

  it("[P57] who answers unasked, as older clients do, is right", async () => {
    const { author, deputy, other, send } = await pair("older");
    send("second");
    expect(await other.next()).toMatchObject(UNASKED);
    other.send({ type: "ack", seq: 2 });
    expect(await receiptAt(author)).toEqual(["second"]);
    await deputy.next();
    deputy.send({ type: "ack", seq: 2 });
    deputy.send({ type: "ping" });
    expect(await deputy.next()).toEqual({ type: "pong" });
  });

  it("[P57] [P8] one that was away resumes by its own position, whoever answered meanwhile", async () => {
    const { author, deputy, other, send, reader } = await pair("away");
    send("second");
    await deputy.next();
    deputy.send({ type: "ack", seq: 2 });
    expect(await receiptAt(author)).toEqual(["second"]);
    await other.close();
    const back = await hub.over(transport).line();
    const { epoch } = (await positionOf(reader)) ?? {};
    const welcome = await back.hello(await hub.token(reader), { epoch, seq: 1 });
    expect(welcome).toMatchObject({ recovered: true, position: { seq: 1 }, head: 2 });
    expect(await back.next()).toMatchObject({ entries: [{ id: "second" }], ack: false });
  });
});

describe("a tab that is alone", () => {
  it("[P57] is told nothing of this, also once it has answered", async () => {
    const [author, reader] = await Promise.all([hub.tab("author"), hub.tab("alone")]);
    for (const seq of [1, 2, 3]) {
      author.send({ type: "send", id: `d${seq}`, to: "alone", text: "text" });
      expect(await reader.next()).not.toHaveProperty("ack");
      reader.send({ type: "ack", seq });
      expect(await receiptAt(author)).toEqual([`d${seq}`]);
    }
  });
});

describe("the tutorial's dialect", () => {
  it("[P57] [T6] is not pinged for what another answers, and is when that one goes", async () => {
    const author = await hub.tab("of-mixed");
    const old = await hub.tutorial(`?uid=mixed&token=${tutorialToken("mixed", TUTORIAL_KEY)}`, { autoPong: false });
    const pings: string[] = [];
    const pinged = new Promise<void>((resolve) => {
      old.socket.on("ping", (mark) => {
        pings.push(mark.toString());
        if (mark.toString() === "3") resolve();
      });
    });
    const tab = await hub.tab("mixed");
    const send = (id: string) => author.send({ type: "send", id, to: "mixed", text: "text" });
    const arrives = () => Promise.all([tab.next(), old.next()]);
    for (const [n, id] of ["first", "second"].entries()) {
      send(id);
      await arrives();
      tab.send({ type: "ack", seq: n + 1 });
      expect(await receiptAt(author)).toEqual([id]);
    }
    send("third");
    await arrives(); // Behind a ping for the second, if there was one.
    tab.terminate();
    await pinged;
    expect(pings).toEqual(["1", "3"]);
    old.socket.pong("3");
    expect(await receiptAt(author)).toEqual(["third"]);
  });
});

/** The drafts of the next receipt that comes; other frames are passed over. */
async function receiptAt(author: SocketLine): Promise<readonly string[]> {
  for (;;) {
    const { entries = [] } = (await author.next()) as { entries?: { kind: string; ids: string[] }[] };
    const receipt = entries.find(({ kind }) => kind === "receipt");
    if (receipt !== undefined) return receipt.ids;
  }
}

async function positionOf(uid: string): Promise<{ readonly epoch: string } | undefined> {
  const line: SocketLine | StreamLine = await hub.line();
  const { position } = (await line.hello(await hub.token(uid))) as { position: { epoch: string } };
  await line.close();
  return position;
}
