import { Close } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "../limits.ts";
import type { SocketLine } from "../testing/socket-line.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ CARILLON_SENDS_AT_ONCE: "5", CARILLON_SENDS_PER_SECOND: "1" });
});
afterAll(() => hub.close());

const rateLimited = {
  type: "refused",
  code: "rateLimited",
  message: expect.any(String),
  retryAfter: expect.any(Number),
};
const draft = (id: string) => ({ id, to: "nobody", text: "x" });

/** The next frame that answers a request. */
async function answer(line: SocketLine): Promise<Record<string, unknown>> {
  for (;;) {
    const frame = (await line.next()) as Record<string, unknown>;
    if (frame["type"] !== "entries") return frame;
  }
}

describe("a user who is too fast", () => {
  it("[P51] is refused with the time to wait, on all connections together; others are not", async () => {
    const [one, two, other] = await Promise.all([hub.tab("100"), hub.tab("100"), hub.tab("101")]);
    for (let n = 0; n < 5; n++) {
      const line = n % 2 === 0 ? one : two;
      line.send({ type: "send", ...draft(`d${n}`) });
      expect(await answer(line)).toMatchObject({ type: "sent" });
    }
    two.send({ type: "send", ...draft("late") });
    expect(await answer(two)).toEqual({ ...rateLimited, id: "late" });
    other.send({ type: "send", ...draft("d") });
    expect(await answer(other)).toMatchObject({ type: "sent" });
  });

  it("[P51] is heard on reconnecting no sooner", async () => {
    const line = await hub.tab("100");
    line.send({ type: "send", ...draft("later") });
    expect(await answer(line)).toEqual({ ...rateLimited, id: "later" });
  });

  it("[P51] [P22] in a batch gets what is left, and a later turn for each of the rest", async () => {
    const line = await hub.tab("102");
    line.send({ type: "batch", drafts: Array.from({ length: 8 }, (_, n) => draft(`b${n}`)) });
    const answers: Record<string, unknown>[] = [];
    while (answers.length < 8) answers.push(await answer(line));
    expect(answers.map(({ id, type }) => `${String(id)} ${String(type)}`)).toEqual(
      Array.from({ length: 8 }, (_, n) => `b${n} ${n < 5 ? "sent" : "refused"}`),
    );
    const waits = answers.slice(5).map(({ retryAfter }) => Number(retryAfter));
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits).size).toBe(3);
  });

  it("[P51] with edits and retractions, which others get, is refused as with drafts", async () => {
    const line = await hub.tab("103");
    for (let n = 0; n < 5; n++) line.send({ type: "send", ...draft(`d${n}`) });
    line.send({ type: "edit", id: "e", draft: "d0", text: "y" });
    line.send({ type: "retract", id: "r", draft: "d0" });
    const answers: Record<string, unknown>[] = [];
    while (answers.length < 7) answers.push(await answer(line));
    expect(answers).toContainEqual({ ...rateLimited, id: "e" });
    expect(answers).toContainEqual({ ...rateLimited, id: "r" });
  });

  it("[P51] with marks and pages is refused by a count of their own", async () => {
    const line = await hub.tab("104");
    const asked = LIMITS.questions.atOnce + 50;
    for (let n = 0; n < asked; n++) line.send({ type: "page", id: `p${n}`, of: "sent", before: 9, limit: 1 });
    const answers: Record<string, unknown>[] = [];
    while (answers.length < asked) answers.push(await answer(line));
    expect(answers.filter(({ type }) => type === "page").length).toBeGreaterThanOrEqual(LIMITS.questions.atOnce);
    expect(answers.find(({ type }) => type === "refused")).toMatchObject({ code: "rateLimited" });
    line.send({ type: "send", ...draft("d") });
    expect(await answer(line)).toMatchObject({ type: "sent" });
  });
});

describe("a connection that floods", () => {
  const floods: readonly (readonly [what: string, flood: (line: SocketLine) => void])[] = [
    ["with drafts", (line) => line.send({ type: "send", ...draft("again") })],
    ["with ping", (line) => line.send({ type: "ping" })],
    ["with ack", (line) => line.send({ type: "ack", seq: 0 })],
    ["with WebSocket pongs", (line) => line.socket.pong()],
  ];
  it.each(floods)("[P51] %s is closed, to come back", async (what, flood) => {
    const line = await hub.tab(`flood ${what}`);
    for (let n = 0; n < LIMITS.messages.atOnce + 500; n++) flood(line);
    expect(await line.closed).toEqual(Close.flooding);
  });

  it("[P51] with WebSocket pings is closed, also if it waits for each pong", async () => {
    const line = await hub.tab("pings");
    let open = true;
    line.socket.on("pong", () => open && line.socket.ping());
    void line.closed.then(() => (open = false));
    for (let n = 0; n < 20; n++) line.socket.ping();
    expect(await line.closed).toEqual(Close.flooding);
  }, 30_000);

  it("[P51] [P42] on a stream with posts that say nothing is closed, to come back", async () => {
    const line = hub.stream();
    await line.hello(await hub.token("posts"));
    const frames = JSON.stringify(Array.from({ length: 64 }, () => ({ type: "ping" })));
    while ((await line.post(frames)) === 202);
    expect(await line.closed).toEqual(Close.flooding);
  }, 30_000);

  it("[P51] is not one that acknowledges what others flood it with", async () => {
    const generous = await startTestHub({ CARILLON_SENDS_PER_SECOND: "0" });
    const [sender, victim] = await Promise.all([generous.tab("100"), generous.tab("101")]);
    const drafts = LIMITS.messages.atOnce + 500;
    const acknowledge = async () => {
      const { entries } = (await victim.next()) as { entries: { seq: number }[] };
      for (const { seq } of entries) victim.send({ type: "ack", seq });
    };
    for (let n = 0; n < drafts; n++) {
      sender.send({ type: "send", ...draft(`d${n}`), to: "101" });
      await Promise.all([answer(sender), acknowledge()]);
    }
    victim.send({ type: "ping" });
    expect(await victim.next()).toEqual({ type: "pong" });
    await generous.close();
  }, 30_000);
});

it("[P51] [T5] the tutorial's dialect, which cannot be told to wait, is closed", async () => {
  const { tutorialToken } = await import("@carillon/protocol/token");
  const line = await hub.tutorial(`?uid=105&token=${tutorialToken("105", "^manks.top&swoole$")}`);
  for (let n = 0; n < 6; n++) line.send({ event: "alertTip", toUid: "106" });
  expect(await line.closed).toEqual(Close.flooding);
});
