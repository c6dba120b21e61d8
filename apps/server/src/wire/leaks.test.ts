import { connect } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeEach(async () => {
  hub = await startTestHub({ CARILLON_SENDS_AT_ONCE: "5", CARILLON_SENDS_PER_SECOND: "1000" });
});
afterEach(() => hub.close());

const CYCLES = 300;
const AT_ONCE = 20;

it("[P50] after connections that ended at every moment there is, nothing is remembered of them", async () => {
  const token = await hub.token("100");
  for (let n = 0; n < CYCLES; n += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => cycle((n + k) % 97, token)));
  while (hub.census().connections > 0 || hub.census().addresses > 0) await new Promise(setImmediate);
  expect(hub.census()).toMatchObject({ connections: 0, users: 0, seats: 0, addresses: 0 });

  // Of buckets, those that are full again are forgotten when the next one is asked for.
  const line = await hub.tab("101");
  for (let n = 0; hub.census().buckets > 1; n++) {
    line.send({ type: "send", id: `d${n}`, to: "102", text: "x" });
    await line.next();
  }
  expect(hub.census()).toEqual({ connections: 1, users: 1, seats: 1, addresses: 1, buckets: 1 });
}, 30_000);

/** Comes, says hello and sends, and is cut after so many turns of the event loop, wherever it is then. */
function cycle(turns: number, token: string): Promise<void> {
  const { hostname, port } = new URL(hub.url);
  const [raw] = turns % 5 === 0 ? [connect(Number(port), hostname)] : [];
  const socket = raw ?? new WebSocket(`${hub.url.replace("http", "ws")}/v1/socket`, "carillon.v1");
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => {});
  if (socket instanceof WebSocket)
    socket.once("open", () => {
      socket.send(JSON.stringify({ type: "hello", token }));
      socket.once("message", () =>
        socket.send(JSON.stringify({ type: "send", id: `c${turns}`, to: "102", text: "x" })),
      );
    });
  const cut = (left: number) => {
    if (left > 0) setImmediate(cut, left - 1);
    else if (socket instanceof WebSocket) socket.terminate();
    else socket.resetAndDestroy();
  };
  cut(turns * 3);
  return gone;
}
