import { describe, expect, it } from "vitest";
import { Distribution } from "./distribution.ts";
import { LoopDelay } from "./loop-delay.ts";
import { Metrics } from "./metrics.ts";

const nothing = {
  connections: () => [],
  unsentBytes: () => 0,
  present: () => ({ users: 0, sessions: 0 }),
  waitingChanges: () => 0,
  walBytes: async () => 0,
};

describe("a distribution", () => {
  it("counts each value in the first bucket whose bound is not below it, and adds them up", () => {
    const of = new Distribution([1, 2, 5]);
    for (const value of [0, 1, 1.5, 5, 6, 100]) of.add(value);
    expect([of.cumulative(), of.sum]).toEqual([[2, 3, 4, 6], 113.5]);
  });
});

describe("the event loop's delay", () => {
  it("counts a standstill as often as samples were missed", async () => {
    const delay = new LoopDelay();
    delay.start();
    const end = performance.now() + 300;
    while (performance.now() < end);
    while ((delay.seconds.cumulative().at(-1) ?? 0) === 0) await new Promise(setImmediate);
    delay.stop();
    const counts = delay.seconds.cumulative();
    const above = (bound: number) => (counts.at(-1) ?? 0) - (counts[delay.seconds.bounds.indexOf(bound)] ?? 0);
    expect(above(0.2)).toBeGreaterThanOrEqual(4); // 280, 260, 240, 220 ms.
    expect(above(0.1)).toBeGreaterThanOrEqual(9);
  });
});

describe("the metrics of one hub", () => {
  it("are none of another's in the same process", async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    for (const metrics of [one, other]) metrics.watch(nothing);
    one.meter.answered("stored");
    const stored = (text: string) => /^carillon_sends_total\{outcome="stored"\} (\d+)$/mu.exec(text)?.[1];
    expect([stored(await one.text()), stored(await other.text())]).toEqual(["1", "0"]);
    expect([stored(await one.text()), stored(await other.text())]).toEqual(["1", "0"]);
    for (const metrics of [one, other]) metrics.stop();
  });

  it("write a histogram as it was counted", async () => {
    const metrics = new Metrics();
    for (const ms of [0.5, 30, 20_000]) metrics.meter.committed(3, ms);
    const text = await metrics.text();
    for (const line of ['bucket{le="0.001"} 1', 'bucket{le="0.05"} 2', 'bucket{le="10"} 2', 'bucket{le="+Inf"} 3'])
      expect(text).toContain(`carillon_commit_duration_seconds_${line}\n`);
    expect(text).toContain("carillon_commit_duration_seconds_sum 20.0305\n");
    expect(text).toContain("carillon_commit_changes_sum 9\n");
  });
});
