import { expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { Line } from "../faults/line.ts";
import { LIMIT_MS, size } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { IdleCutter } from "./idle-cutter.ts";

/** The real ones, or a twelfth of them. */
const PROXY_MS = size(5_000, 60_000);
const INTERVAL_S = size(2, 25);

async function hubThatPingsAfter(seconds: number) {
  const place = await temporaryPlace();
  const hub = await HubProcess.start(place.store, { env: { CARILLON_PING_INTERVAL: String(seconds) } });
  const cutter = await IdleCutter.to(hub.port, PROXY_MS);
  const end = async () => {
    await cutter[Symbol.asyncDispose]();
    await hub[Symbol.asyncDispose]();
    await place[Symbol.asyncDispose]();
  };
  return { cutter, [Symbol.asyncDispose]: end };
}

it(
  `[P19] a reverse proxy that cuts at ${PROXY_MS / 1_000} s of silence never cuts`,
  { timeout: LIMIT_MS },
  async () => {
    await using whole = await hubThatPingsAfter(INTERVAL_S);
    using line = await Line.to(whole.cutter.port, "101");
    const waited = new Promise((resolve) => setTimeout(resolve, 3 * PROXY_MS, "still here"));
    expect(await Promise.race([line.gone(), waited])).toBe("still here");
    expect(whole.cutter.cuts).toBe(0);
  },
);

it("[P19] and would, if the hub let it", { timeout: LIMIT_MS }, async () => {
  await using whole = await hubThatPingsAfter(3_600);
  using line = await Line.to(whole.cutter.port, "101");
  await line.gone();
  expect(whole.cutter.cuts).toBe(1);
});
