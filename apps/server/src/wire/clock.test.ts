import { Close } from "@carillon/protocol";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { SocketLine } from "../testing/socket-line.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let hub: TestHub;
beforeEach(async () => {
  // Only what tells the time of day: timers and the monotonic clock go on as they are.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  hub = await startTestHub({ CARILLON_PING_INTERVAL: "1", CARILLON_PING_ANSWER: "1" });
});
afterEach(async () => {
  vi.useRealTimers();
  await hub.close();
});

/** A tab whose token outlives the jumps. */
async function longLived(uid: string): Promise<SocketLine> {
  const line = await hub.line();
  await line.hello(await hub.token(uid, { lifetime: 86_400 }));
  return line;
}

type Frame = { readonly type: string; readonly entries?: readonly { readonly seq: number; readonly id: string }[] };

/** The pings that the hub sends to a line before so many came: its heart beats. */
function beats(line: SocketLine, count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) => line.socket.on("ping", () => --left === 0 && resolve()));
}

it("[P7] [P19] a wall clock that jumps an hour ahead and back changes neither order nor heartbeats nor ids", async () => {
  const [sender, target] = await Promise.all(["100", "101"].map(longLived));
  if (sender === undefined || target === undefined) throw new Error("Two were asked for.");
  const seen: { seq: number; id: string }[] = [];
  const start = Date.now();
  for (const [n, jump] of [0, HOUR_MS, -HOUR_MS / 2, -HOUR_MS, HOUR_MS / 2].entries()) {
    vi.setSystemTime(start + jump);
    sender.send({ type: "send", id: `d${n}`, to: "101", text: "x" });
    const { entries = [] } = (await target.next()) as Frame;
    seen.push(...entries.map(({ seq, id }) => ({ seq, id })));
    await beats(target, 1);
  }
  expect(seen).toEqual(Array.from({ length: 5 }, (_, n) => ({ seq: n + 1, id: `d${n}` })));
  vi.setSystemTime(start);
  sender.send({ type: "send", id: "d0", to: "101", text: "x" });
  let answer = (await sender.next()) as Frame;
  while (answer.type === "entries" || !("duplicate" in answer)) answer = (await sender.next()) as Frame;
  expect(answer).toMatchObject({ type: "sent", id: "d0", seq: 1, duplicate: true });
}, 30_000);

it("[P17] tokens follow the wall clock: 400 days ahead all have expired, and new ones are good", async () => {
  const line = await hub.tab("100");
  const old = await hub.token("100");
  vi.setSystemTime(Date.now() + 400 * DAY_MS);
  expect(await line.closed).toEqual(Close.tokenExpired);
  const late = await hub.line();
  late.send({ type: "hello", token: old });
  expect(await late.closed).toEqual(Close.tokenExpired);
  const fresh = await hub.tab("100");
  fresh.send({ type: "ping" });
  expect(await fresh.next()).toEqual({ type: "pong" });
});

it("[P51] rates do not follow it: an hour ahead gives nobody more", async () => {
  const slow = await startTestHub({ CARILLON_SENDS_AT_ONCE: "1", CARILLON_SENDS_PER_SECOND: "1" });
  const line = await slow.tab("100");
  for (const id of ["d0", "d1"]) {
    line.send({ type: "send", id, to: "101", text: "x" });
    vi.setSystemTime(Date.now() + HOUR_MS / 2);
  }
  let answer = (await line.next()) as Frame;
  while (answer.type !== "refused") answer = (await line.next()) as Frame;
  expect(answer).toMatchObject({ id: "d1", code: "rateLimited" });
  await slow.close();
});
