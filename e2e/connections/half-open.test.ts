import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "@carillon/client";
import { Close } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { socketUrl, tokenFor } from "../faults/credentials.ts";
import { Line } from "../faults/line.ts";
import { LIMIT_MS } from "../faults/long.ts";
import { readMetrics } from "../faults/metrics.ts";
import type { Passage } from "../faults/passage.ts";
import { temporaryPlace } from "../faults/place.ts";
import { FaultProxy } from "../faults/proxy.ts";
import { Signal } from "../faults/signal.ts";
import { Witnesses } from "../faults/witness.ts";
import { Crowd } from "./crowd.ts";
import { canMeasure, descriptorsOf } from "./figures.ts";

const QUICK = { CARILLON_PING_INTERVAL: "1", CARILLON_PING_ANSWER: "1", CARILLON_LOG_LEVEL: "info" };
/** Interval and answer, a round of the hub's timer for each, and a busy machine. */
const REAPED_MS = 2_000 + 2_000 + 4_000;
const PING_BYTES = 2;

describe("a peer that is there no more and never said so", { timeout: LIMIT_MS }, () => {
  it("[P19] [P46] behind a black hole: the hub lets go in time, and tells who watches", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, { env: QUICK });
    await using proxy = await FaultProxy.to(hub.port);
    using watcher = await Line.to(hub.port, "100");
    watcher.watch("101");
    await watcher.sees("101", false);
    const before = await present(hub.port);
    using lost = await Line.to(proxy.port, "101");
    await watcher.sees("101", true);
    expect(await present(hub.port)).toEqual({ connections: 2, sessions: 2, users: 2, silenced: 0 });

    proxy.mode = "blackhole";
    const start = performance.now();
    await hub.log.has(GONE);
    expect(performance.now() - start).toBeLessThan(REAPED_MS);
    expect(await present(hub.port)).toEqual({ ...before, silenced: 1 });
    await watcher.sees("101", false);
    expect(lost.isClosed, "its own end cannot know").toBe(false);
  });

  it("[P48] behind a black hole: a client that wakes up notices at once, comes back and misses nothing", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, { env: QUICK });
    await using witnesses = new Witnesses(hub.port);
    await using proxy = await FaultProxy.to(hub.port);
    const changes = new Signal();
    const [shown, ways]: [string[], string[]] = [[], []];
    let wake = () => {};
    const client = createClient({
      url: socketUrl(proxy.port),
      token: () => tokenFor("101"),
      random: () => 0.1,
      wakeHints: (onWake) => {
        wake = onWake;
        return () => {};
      },
      onStatus: ({ at }) => {
        ways.push(at);
        changes.tell();
      },
      onNotification: ({ id }) => {
        shown.push(id);
        changes.tell();
      },
    });
    client.start();
    await changes.until(() => ways.includes("online"));

    proxy.mode = "blackhole";
    using sender = await Line.to(hub.port, "100");
    await sender.send({ id: "missed", to: "101", text: "Do you hear me?" });
    const start = performance.now();
    wake(); // As when a laptop opens: it asks at once, and nobody answers.
    await changes.until(() => ways.at(-1) !== "online");
    expect(performance.now() - start).toBeLessThan(1_000 + 4_000);
    proxy.mode = "pass";
    await changes.until(() => shown.length > 0);
    expect(shown).toEqual(["missed"]);
    client.stop();
    await witnesses.finish();
    expect(witnesses.ledger.findings()).toMatchObject({ doubled: [], disordered: [] });
  });

  it.skipIf(!canMeasure)("[P19] a stopped process: its sockets are let go within interval + answer", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, { env: QUICK });
    await using witnesses = new Witnesses(hub.port);
    await using crowd = new Crowd({ port: hub.port, count: 50, prefix: "sleeper-" });
    await crowd.until(({ online }) => online === 50);
    const held = descriptorsOf(hub.pid);
    crowd.stop();
    const start = performance.now();
    await hub.log.has(GONE, 50);
    expect(performance.now() - start).toBeLessThan(REAPED_MS);
    expect(descriptorsOf(hub.pid)).toBeLessThanOrEqual(held - 50);
    expect(await present(hub.port)).toEqual({ connections: 2, sessions: 2, users: 2, silenced: 50 });
    crowd.continue();
    await crowd.until(({ online, arrivals }) => online === 50 && arrivals >= 100);
    await witnesses.finish();
    expect(witnesses.ledger.findings()).toMatchObject({ doubled: [], disordered: [] });
  });

  it("[P19] a hub that stood still throws nobody out for it", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, {
      env: { CARILLON_PING_INTERVAL: "1", CARILLON_PING_ANSWER: String(ANSWER_S) },
    });
    await using proxy = await FaultProxy.to(hub.port);
    await using crowd = new Crowd({ port: proxy.port, count: 200, prefix: "patient-" });
    await crowd.until(({ online }) => online === 200);
    const lines = proxy.passages;
    // Every client has been pinged and not answered yet when the hub stands still; the answers come meanwhile, to be read too late.
    crowd.stop();
    await pinged(lines);
    process.kill(hub.pid, "SIGSTOP");
    crowd.continue();
    await pause((ANSWER_S + 1) * 1_000); // That the answers are long due when the hub wakes up is what is tried.
    process.kill(hub.pid, "SIGCONT");
    // Whoever is pinged again was judged alive.
    await pinged(lines);
    expect(await crowd.report()).toMatchObject({ online: 200, arrivals: 200 });
    expect(proxy.passages).toEqual(lines);
  });

  it("[P19] one that answers is never taken for one", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, { env: QUICK });
    await using crowd = new Crowd({ port: hub.port, count: 20, prefix: "quiet-" });
    await crowd.until(({ online }) => online === 20);
    using line = await Line.to(hub.port, "101");
    // The second ping says that the answer to the first was heard: else there would be an end instead.
    await Promise.all([line.pings(2), crowd.until(({ pings }) => pings >= 2)]);
    expect(await crowd.report()).toMatchObject({ online: 20, arrivals: 20 });
    const gone = line.gone();
    await hub.stop();
    expect(await gone).toBe(Close.restarting.code);
  });
});

/** Seconds; more than the hub needs to ping everybody once, so that nobody is silent for too long before it stands still. */
const ANSWER_S = 4;
/** Each of them one more time; nothing else is said on these. */
async function pinged(lines: readonly Passage[]): Promise<void> {
  const answers = await Promise.all(lines.map((line) => line.more("down", PING_BYTES)));
  expect(answers).not.toContain(false);
}

const GONE = '"connection gone"';

/** Who is there, as the hub counts, and how many it hung up on for their silence. */
async function present(port: number) {
  const metrics = await readMetrics(port);
  return {
    connections: metrics.get('carillon_connections{transport="websocket"}'),
    sessions: metrics.get("carillon_sessions"),
    users: metrics.get("carillon_users"),
    silenced: metrics.get(`carillon_hang_ups_total{code="${Close.silent.code}"}`),
  };
}
