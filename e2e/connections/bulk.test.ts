import { createClient, type Waiting } from "@carillon/client";
import { limits } from "@carillon/protocol";
import { expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { socketUrl, tokenFor } from "../faults/credentials.ts";
import { LIMIT_MS } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { Signal } from "../faults/signal.ts";
import { book, readStore } from "../faults/store.ts";
import { Ledger } from "../faults/ledger.ts";
import { keptOutbox } from "../fixtures/kept-outbox.ts";

const DRAFTS = 200;

it(
  `[P51] ${DRAFTS} drafts that come out of an outbox at once all get through, by waiting`,
  { timeout: LIMIT_MS },
  async () => {
    await using place = await temporaryPlace();
    // The defaults: 100 at once, 20 a second.
    await using hub = await HubProcess.start(place.store, { env: { CARILLON_SENDS_PER_SECOND: "20" } });
    const changes = new Signal();
    let pending = DRAFTS;
    const closes: (number | undefined)[] = [];
    const client = createClient({
      url: socketUrl(hub.port),
      token: () => tokenFor("100"),
      outbox: keptOutbox(draftsThatWait()),
      onStatus: (status) => {
        if (status.at === "waiting") closes.push(status.code);
      },
      onView: (view) => {
        pending = view.pending.length;
        changes.tell();
      },
    });
    const start = performance.now();
    client.start();
    await changes.until(() => pending === 0);
    const seconds = (performance.now() - start) / 1_000;
    client.stop();
    await hub.stop();
    const ledger = new Ledger();
    for (let n = 0; n < DRAFTS; n += 1) ledger.sent({ author: "100", id: `d${n}`, to: "101", text: "x" });
    book(await readStore(place.store), ledger);
    console.log(`${DRAFTS} drafts at once: all stored after ${seconds.toFixed(1)} s`);
    expect([ledger.findings().stored, closes]).toEqual([DRAFTS, []]);
    expect(seconds).toBeGreaterThan((DRAFTS - 100) / 20 - 1);
  },
);

it("[P51] [P22] batches get through whole by waiting", { timeout: LIMIT_MS }, async () => {
  await using place = await temporaryPlace();
  await using hub = await HubProcess.start(place.store, {
    env: { CARILLON_SENDS_AT_ONCE: "30", CARILLON_SENDS_PER_SECOND: "50" },
  });
  const token = await tokenFor("100");
  const socket = new WebSocket(socketUrl(hub.port), "carillon.v1");
  const up = (message: unknown) => socket.send(JSON.stringify(message));
  const drafts = Array.from({ length: 4 * limits.draftsAtOnce }, (_, n) => ({ id: `b${n}`, to: "101", text: "x" }));
  const stored = new Set<string>();
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  socket.addEventListener("open", () => up({ type: "hello", token }));
  socket.addEventListener("close", ({ code }) => reject(new Error(`closed with ${code}`)));
  socket.addEventListener("message", ({ data }) => {
    const { type, id, retryAfter } = JSON.parse(String(data));
    if (type === "welcome")
      for (let n = 0; n < drafts.length; n += limits.draftsAtOnce)
        up({ type: "batch", drafts: drafts.slice(n, n + limits.draftsAtOnce) });
    // To wait for as long as it is told is all that this client does.
    if (type === "refused")
      setTimeout(() => up({ type: "send", ...drafts.find((draft) => draft.id === id) }), retryAfter);
    if (type === "sent") stored.add(id);
    if (stored.size === drafts.length) resolve();
  });
  await done;
  expect(stored.size).toBe(drafts.length);
  socket.close();
});

/** What a reload finds. */
function draftsThatWait(): readonly Waiting[] {
  return Array.from({ length: DRAFTS }, (_, n) => {
    const request = { type: "send", id: `d${n}`, to: "101", text: "x" } as const;
    return { request, at: n, order: n };
  });
}
