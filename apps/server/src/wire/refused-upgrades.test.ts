import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { silentMeter } from "../hub/meter.ts";
import { RefusedUpgrades } from "./refused-upgrades.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function noting() {
  const lines: Record<string, unknown>[] = [];
  const counted: number[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(JSON.parse(line)) });
  const refused = new RefusedUpgrades({ ...silentMeter, upgradeRefused: (status) => void counted.push(status) }, log);
  return { refused, lines, counted };
}

const evil = { status: 403, why: "originRefused", address: "192.0.2.1" };

it("counts each refused upgrade, logs the first ten of a minute, and says how many it left out", () => {
  const { refused, lines, counted } = noting();
  for (let n = 0; n < 1_000; n++) refused.note(evil);
  expect([counted.length, lines.length]).toEqual([1_000, 10]);
  expect(lines[0]).toEqual({ level: 30, ...evil, msg: "upgrade refused" });
  vi.advanceTimersByTime(60_000);
  expect(lines.slice(10)).toEqual([{ level: 30, leftOut: 990, seconds: 60, msg: "upgrades refused" }]);
  refused.note(evil);
  expect(lines).toHaveLength(12);
});

it("has nothing to sum up when it left nothing out, and keeps no timer", () => {
  const { refused, lines } = noting();
  refused.note(evil);
  vi.advanceTimersByTime(60_000);
  expect([lines.length, vi.getTimerCount()]).toEqual([1, 0]);
});
