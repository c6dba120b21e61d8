import { createClient } from "@carillon/client";
import { Close } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { socketUrl, tokenFor } from "../faults/credentials.ts";
import { Line } from "../faults/line.ts";
import { LIMIT_MS } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { FaultProxy } from "../faults/proxy.ts";
import { Signal } from "../faults/signal.ts";
import { Witnesses } from "../faults/witness.ts";
import { Crowd } from "./crowd.ts";
import { canMeasure, descriptorsOf } from "./figures.ts";

const QUICK = { CARILLON_PING_INTERVAL: "1", CARILLON_PING_ANSWER: "1" };
/** Interval and answer, a round of the hub's timer for each, and a busy machine. */
const REAPED_MS = 2_000 + 2_000 + 4_000;

describe("a peer that is there no more and never said so", { timeout: LIMIT_MS }, () => {
  it("[P19] behind a black hole: a client that wakes up notices at once, comes back and misses nothing", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, { env: QUICK });
    await using witnesses = new Witnesses(hub.port);
    witnesses.phase = "throughout";
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

    const [passage] = proxy.passages;
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
    await passage?.ended;
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
    const lettingGo = async () => {
      while (descriptorsOf(hub.pid) > held - 50) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await lettingGo();
    expect(performance.now() - start).toBeLessThan(REAPED_MS);
    crowd.continue();
    await crowd.until(({ online, arrivals }) => online === 50 && arrivals >= 100);
    await witnesses.finish();
    expect(witnesses.ledger.findings()).toMatchObject({ doubled: [], disordered: [] });
  });

  it("[P19] a hub that stood still throws nobody out for it", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, {
      env: { CARILLON_PING_INTERVAL: "1", CARILLON_PING_ANSWER: "6" },
    });
    await using crowd = new Crowd({ port: hub.port, count: 200, prefix: "patient-" });
    await crowd.until(({ online }) => online === 200);
    using line = await Line.to(hub.port, "101");
    // Every client has been pinged and not answered yet when the hub stands still; the answers come meanwhile, to be read too late.
    crowd.stop();
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    process.kill(hub.pid, "SIGSTOP");
    crowd.continue();
    await new Promise((resolve) => setTimeout(resolve, 10_000)); // What is tried is the length itself.
    process.kill(hub.pid, "SIGCONT");
    // Several rounds of the hub's timer later, each of which judges everybody.
    for (let n = 0; n < 20; n += 1) {
      await line.ping();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(await crowd.report()).toMatchObject({ online: 200, arrivals: 200 });
    expect(line.isClosed).toBe(false);
  });

  it("[P19] one that answers is never taken for one", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, { env: QUICK });
    await using crowd = new Crowd({ port: hub.port, count: 20, prefix: "quiet-" });
    await crowd.until(({ online }) => online === 20);
    using line = await Line.to(hub.port, "101");
    const gone = line.gone();
    const waited = new Promise((resolve) => setTimeout(resolve, REAPED_MS, "still here"));
    expect(await Promise.race([gone, waited])).toBe("still here");
    expect(await crowd.report()).toMatchObject({ online: 20, arrivals: 20 });
    await hub.stop();
    expect(await gone).toBe(Close.restarting.code);
  });
});
