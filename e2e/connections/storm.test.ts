import { expect, it } from "vitest";
import { Hub } from "../fixtures/hub.ts";
import { flood } from "../faults/flood.ts";
import { settings } from "../faults/hubs.ts";
import { endWithTest } from "../faults/leftovers.ts";
import { Line } from "../faults/line.ts";
import { isLong, LIMIT_MS, size } from "../faults/long.ts";
import { readMetrics } from "../faults/metrics.ts";
import { temporaryPlace } from "../faults/place.ts";
import { Witnesses } from "../faults/witness.ts";
import { Crowd, type CrowdCounts, type CrowdReport } from "./crowd.ts";
import { canMeasure, histogram, memoryOf, percentile, processorOf } from "./figures.ts";

const CLIENTS = size(300, 10_000);
const CROWDS = 2;
/** They come back too. */
const WITNESSES = 2;

it.skipIf(!canMeasure)(
  `[P21] ${CLIENTS} clients whose hub is killed and starts anew: all back, one after the other, nothing lost, one look at the log each`,
  { timeout: LIMIT_MS },
  async () => {
    await using place = await temporaryPlace();
    const hub = await Hub.in(place.path, {
      ...settings,
      CARILLON_TRUSTED_PROXIES: "127.0.0.1",
    });
    await using stack = new AsyncDisposableStack();
    stack.defer(() => hub.kill());
    endWithTest(() => hub.kill());
    const count = CLIENTS / CROWDS;
    const prefixes = Array.from({ length: CROWDS }, (_, n) => `crowd-${n}-`);
    const crowds = prefixes.map((prefix) => stack.use(new Crowd({ port: hub.port, count, prefix })));
    const all = (holds: (counts: CrowdCounts) => boolean) => Promise.all(crowds.map((crowd) => crowd.until(holds)));
    const reports = () => Promise.all(crowds.map((crowd) => crowd.report()));
    await all(({ online }) => online === count);
    const before = await reports();
    const calm = memoryOf(hub.pid);
    const witnesses = stack.use(new Witnesses(hub.port));
    await witnesses.measured("before");
    witnesses.phase = "calm";
    const first = stack.use(await Line.to(hub.port, "sender"));
    await flood(first, { to: "nobody", count: CLIENTS, text: "Welcome.", prefix: "calm" });

    witnesses.phase = "cut"; // What is under way now waits for the hub to come back.
    const cutAt = Date.now();
    await hub.kill();
    await hub.start();
    const upAt = Date.now();
    witnesses.phase = "storm";
    // While they come back: some are here already, the others find it in their logs.
    const sender = await Line.to(hub.port, "sender");
    const sent = sender.sendAll(
      prefixes.flatMap((prefix) =>
        Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n}`, to: `${prefix}${n}`, text: "Welcome back." })),
      ),
    );
    await all(({ online, rung }) => online === count && rung === count);
    const after = await reports();
    const acknowledged = (await sent).filter(({ type }) => type === "sent").length;

    const waits = after.flatMap(({ cameAt }) => cameAt.map((at) => at - cutAt));
    const [memory, processor] = [memoryOf(hub.pid), processorOf(hub.pid)];
    const reads = (await readMetrics(hub.port)).get("carillon_catch_up_reads_total");
    await witnesses.unharmed("storm");
    const dials =
      after.reduce((sum, report) => sum + report.dials, 0) - before.reduce((sum, report) => sum + report.dials, 0);
    await hub.stop();
    console.log(
      `${CLIENTS} clients back after a restart that took ${upAt - cutAt} ms, by the time since the kill:\n${histogram(waits, 500)}\n` +
        `  half within ${percentile(waits, 50)} ms, 99 of 100 within ${percentile(waits, 99)} ms, all within ${Math.max(...waits)} ms\n` +
        `  the hub: ${calm.toFixed(0)} MiB before, ${memory.toFixed(0)} MiB after; ${processor.toFixed(1)} s of processor time from its start\n` +
        `  ${dials} connections tried, ${reads} reads of the log`,
    );

    const shown = after.flatMap((report) => report.shown);
    expect([acknowledged, shown.length, shown.every((times) => times === 1)], "nothing lost, nothing twice").toEqual([
      CLIENTS,
      CLIENTS,
      true,
    ]);
    // Each came back once: nobody was thrown out again by the crowd. On a busy machine some may run into a time-out first.
    const arrivals = (of: readonly CrowdReport[]) => of.reduce((sum, report) => sum + report.arrivals, 0);
    expect(arrivals(after) - arrivals(before)).toBe(CLIENTS);
    expect(reads, "at most one catch-up read for each connection").toBeLessThanOrEqual(dials + WITNESSES);
    // Spread: no half second brought more than half of them.
    const columns = Map.groupBy(waits, (wait) => Math.floor(wait / 500));
    if (isLong) expect(Math.max(...[...columns.values()].map((each) => each.length))).toBeLessThan(CLIENTS / 2);
  },
);
