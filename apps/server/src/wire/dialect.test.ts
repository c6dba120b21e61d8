import { tutorialToken } from "@carillon/protocol/token";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SocketLine } from "../testing/socket-line.ts";
import { startTestHub, type TestHub, TUTORIAL_KEY } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

const query = (uid: string) => `?uid=${encodeURIComponent(uid)}&token=${tutorialToken(uid, TUTORIAL_KEY)}`;
const client = (uid: string, options?: { autoPong?: boolean }) => hub.tutorial(query(uid), options);
const ALERT = { event: "alertTip", msg: "收到一条新的回复." };

describe("who connects", () => {
  it.each([
    ["neither", ""],
    ["no token", "?uid=100"],
    ["an empty token", "?uid=100&token="],
    ["no uid", `?token=${tutorialToken("100", TUTORIAL_KEY)}`],
    ["an empty uid", `?uid=&token=${tutorialToken("", TUTORIAL_KEY)}`],
    ["a uid that is none", `?uid=1%00&token=${tutorialToken("1\u0000", TUTORIAL_KEY)}`],
    ["an application's uid", query("app:shop")],
  ])("[T1] %s: access faild.", async (_what, search) => {
    const line = await hub.tutorial(search);
    expect(await line.closed).toMatchObject({ reason: "access faild." });
  });

  it.each([
    ["another user's", tutorialToken("101", TUTORIAL_KEY)],
    ["another key's", tutorialToken("100", "another key")],
    ["upper case", tutorialToken("100", TUTORIAL_KEY).toUpperCase()],
    ["too short", tutorialToken("100", TUTORIAL_KEY).slice(1)],
    ["not ASCII", "é".repeat(16)],
  ])("[T2] %s token: token invalidate.", async (_what, token) => {
    const line = await hub.tutorial(`?uid=100&token=${encodeURIComponent(token)}`);
    expect(await line.closed).toMatchObject({ reason: "token invalidate." });
  });

  it("[T2] the tutorial's own token is accepted, at any path", async () => {
    const line = await hub.tutorial(`chat${query("100")}`);
    line.send({ event: "alertTip", toUid: "100" });
    expect(await line.next()).toMatchObject(ALERT);
  });

  it("is not spoken where the hub has no tutorial key", async () => {
    const without = await startTestHub({ CARILLON_TUTORIAL_KEY: undefined as unknown as string });
    await expect(without.tutorial(query("100"))).rejects.toThrow("404");
    await without.close();
  });
});

describe("what it says", () => {
  it.each([
    ["not JSON", "alertTip"],
    ["an array", "[]"],
    ["null", "null"],
    ["a number", "5"],
    ["no event", '{"toUid":101}'],
    ["an empty event", '{"event":""}'],
    ["an event of null", '{"event":null}'],
    ["a prototype's event", '{"__proto__":{"event":"alertTip","toUid":"101"}}'],
    ["no target", '{"event":"alertTip"}'],
    ["a target of null", '{"event":"alertTip","toUid":null}'],
    ["a target that is an object", '{"event":"alertTip","toUid":{}}'],
    ["an infinite target", '{"event":"alertTip","toUid":1e400}'],
    ["a fractional target", '{"event":"alertTip","toUid":1.5}'],
    ["an empty target", '{"event":"alertTip","toUid":""}'],
    ["a content that is no text", '{"event":"alertTip","toUid":101,"content":{}}'],
    ["a content with a lone surrogate", '{"event":"alertTip","toUid":101,"content":"\\ud800"}'],
  ])("[T3] [T5] %s: data format invalidate.", async (_what, frame) => {
    const line = await client("200");
    line.send(frame);
    expect(await line.closed).toMatchObject({ reason: "data format invalidate." });
  });

  it("[T3] a binary frame: data format invalidate.", async () => {
    const line = await client("200");
    line.send(Buffer.from('{"event":"alertTip","toUid":101}'));
    expect(await line.closed).toMatchObject({ reason: "data format invalidate." });
  });

  it.each([
    "constructor",
    "__proto__",
    "close",
    "start",
    "toString",
    "hasOwnProperty",
    "alerttip",
    "alertTip ",
    "onMessage",
  ])("[T4] the event %s: event is not exists.", async (event) => {
    const line = await client("200");
    line.send(JSON.stringify({ event, toUid: "101" }));
    expect(await line.closed).toMatchObject({ reason: "event is not exists." });
  });

  it("[T5] rings every connection of the target, given as a number or a string, with the text or without", async () => {
    const [sender, first, second] = await Promise.all([client("300"), client("301"), client("301")]);
    sender.send({ event: "alertTip", toUid: 301 });
    sender.send({ event: "alertTip", toUid: "301", content: "<b>Agreed.</b>" });
    for (const line of [first, second]) {
      expect(await line.next()).toMatchObject({ ...ALERT, fromUid: "300", content: ALERT.msg });
      expect(await line.next()).toMatchObject({ ...ALERT, fromUid: "300", content: "<b>Agreed.</b>" });
    }
  });
});

describe("one hub, two dialects", () => {
  it("[T5] a tutorial's client rings a Carillon tab with an ordinary notification", async () => {
    const [sender, tab] = await Promise.all([client("400"), hub.tab("401")]);
    sender.send({ event: "alertTip", toUid: 401, content: "from the tutorial" });
    expect(await tab.next()).toMatchObject({
      entries: [{ kind: "notification", from: "400", text: "from the tutorial" }],
    });
    sender.send({ event: "alertTip", toUid: 401 });
    expect(await tab.next()).toMatchObject({ entries: [{ text: ALERT.msg }] });
  });

  it("[T6] a Carillon tab rings a tutorial's client, whose pong is the receipt", async () => {
    const [tab, target] = await Promise.all([hub.tab("410"), client("411")]);
    tab.send({ type: "send", id: "d1", to: "411", text: "Agreed." });
    expect(await target.next()).toEqual({
      ...ALERT,
      fromUid: "410",
      content: "Agreed.",
      time: expect.any(Number),
      seq: 1,
    });
    const [sent, reply, receipt] = [await tab.next(), await tab.next(), await tab.next()];
    expect(sent).toMatchObject({ entries: [{ kind: "sent" }] });
    expect(reply).toMatchObject({ type: "sent" });
    expect(receipt).toMatchObject({ entries: [{ kind: "receipt", state: "delivered", ids: ["d1"] }] });
  });

  it("[T6] a tutorial's client that answers no ping gets no receipt claimed for it", async () => {
    const [tab, target] = await Promise.all([hub.tab("420"), client("421", { autoPong: false })]);
    tab.send({ type: "send", id: "d1", to: "421", text: "Agreed." });
    await target.next();
    await tab.next();
    await tab.next();
    tab.send({ type: "send", id: "d2", to: "420", text: "to myself: what comes next?" });
    expect(await tab.next()).toMatchObject({ entries: [{ id: "d2" }, { kind: "sent" }] });
  });

  it("[T6] [P37] what does not ring is passed over, and delivered all the same", async () => {
    const [tab, target] = await Promise.all([hub.tab("422"), client("423")]);
    tab.send({ type: "send", id: "d1", to: "423", text: "Quietly.", priority: "low" });
    tab.send({ type: "send", id: "d2", to: "423", text: "Aloud." });
    expect(await target.next()).toMatchObject({ content: "Aloud.", seq: 2 });
  });

  it("[T6] [T7] what came while it was away waits, and comes once", async () => {
    const sender = await client("430");
    sender.send({ event: "alertTip", toUid: "431", content: "first" });
    sender.send({ event: "alertTip", toUid: "430", content: "done" });
    await sender.next();
    const target = await client("431");
    expect(await target.next()).toMatchObject({ content: "first", seq: 1 });
    await receipted(target);
    await target.close();

    const again = await client("431");
    sender.send({ event: "alertTip", toUid: "431", content: "second" });
    expect(await again.next()).toMatchObject({ content: "second" });
  });

  it("[T8] with latest, the older connection of either dialect is replaced", async () => {
    const latest = await startTestHub({ CARILLON_CONNECTIONS: "latest" });
    const older = await latest.tutorial(query("500"));
    const tab = await latest.tab("500");
    expect(await older.closed).toMatchObject({ reason: "uid exists." });
    const newest = await latest.tutorial(query("500"));
    expect(await tab.closed).toMatchObject({ code: 4502 });
    newest.send({ event: "alertTip", toUid: "500" });
    expect(await newest.next()).toMatchObject(ALERT);
    await latest.close();
  });
});

/** Resolves when the hub must have read this line's pongs: an own message has come back behind them. */
async function receipted(line: SocketLine): Promise<void> {
  line.send({ event: "alertTip", toUid: "439" });
  const watcher = await client("439");
  await watcher.next();
}
