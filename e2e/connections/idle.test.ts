import { expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { Line } from "../faults/line.ts";
import { LIMIT_MS, size } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { IdleCutter } from "./idle-cutter.ts";

/** The real ones, or a fifteenth of them. */
const PROXY_MS = size(4_000, 60_000);
const INTERVAL_S = size(1, 25);

async function behindACutter(intervalSeconds: number) {
  const place = await temporaryPlace();
  const hub = await HubProcess.start(place.store, { env: { CARILLON_PING_INTERVAL: String(intervalSeconds) } });
  const cutter = await IdleCutter.to(hub.port, PROXY_MS);
  const end = async () => {
    await cutter[Symbol.asyncDispose]();
    await hub[Symbol.asyncDispose]();
    await place[Symbol.asyncDispose]();
  };
  return { cutter, [Symbol.asyncDispose]: end };
}

it(
  `[P19] a reverse proxy that cuts at ${PROXY_MS / 1_000} s of silence never cuts, and would if the hub let it`,
  { timeout: LIMIT_MS },
  async () => {
    await using asked = await behindACutter(INTERVAL_S);
    await using forgotten = await behindACutter(3_600);
    using quiet = await Line.to(asked.cutter.port, "101");
    using mute = await Line.to(forgotten.cutter.port, "101");
    // That it stays open for three times as long as the proxy has patience is what is tried; an end would reject.
    for (const start = performance.now(); performance.now() - start < 3 * PROXY_MS;) await quiet.pings(1);
    await mute.gone();
    expect([asked.cutter.cuts, forgotten.cutter.cuts]).toEqual([0, 1]);
  },
);
