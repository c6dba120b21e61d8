import { once } from "node:events";
import { type Entry, limits } from "@carillon/protocol";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { HubProcess } from "../faults/hub-process.ts";
import { socketUrl, tokenFor } from "../faults/credentials.ts";
import { flood } from "../faults/flood.ts";
import { Line } from "../faults/line.ts";
import { LIMIT_MS, size } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { Witnesses } from "../faults/witness.ts";
import { canMeasure, memoryOf } from "./figures.ts";

const MEGABYTES = size(20, 100);
const TEXT = "界".repeat(limits.textLength);
const DRAFTS = Math.ceil((MEGABYTES * 1_000_000) / Buffer.byteLength(TEXT));
/** Beyond what the hub takes for the flood itself: its limit for one connection, and what a garbage collector leaves. */
const ALLOWED_MB = 64;

it.skipIf(!canMeasure)(
  `[P30] a client that never reads, and ${MEGABYTES} MB for it: closed as slow, memory returns, it recovers, others do not notice`,
  { timeout: LIMIT_MS },
  async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store);
    await using witnesses = new Witnesses(hub.port);
    using author = await Line.to(hub.port, "100");
    // What the same flood costs when its target is away is the measure for what the slow one costs.
    witnesses.phase = "warm";
    await flood(author, { to: "away", count: DRAFTS, text: TEXT, prefix: "warm" });
    witnesses.phase = "calm";
    await flood(author, { to: "away", count: DRAFTS, text: TEXT, prefix: "calm" });
    const calm = memoryOf(hub.pid);

    const { socket, position } = await deafSocket(hub.port, "slow");
    const closed = once(socket, "close");
    witnesses.phase = "slow";
    let most = 0;
    const sampling = setInterval(() => (most = Math.max(most, memoryOf(hub.pid))), 100);
    await flood(author, { to: "slow", count: DRAFTS, text: TEXT, prefix: "slow" });
    clearInterval(sampling);
    witnesses.phase = "after";
    const after = memoryOf(hub.pid);
    socket.resume();
    const [code] = await closed;

    console.log(
      `${MEGABYTES} MB for one that does not read: the hub has ${calm.toFixed(0)} MiB before, at most ${most.toFixed(0)}, ${after.toFixed(0)} after`,
    );
    await witnesses.unharmed("slow");
    // The hub had given up on it long before it read again: what it finds is its close frame, or a connection that is gone.
    expect([4003, 1006]).toContain(code);
    expect(most - calm).toBeLessThan(ALLOWED_MB);
    using back = await Line.to(hub.port, "slow", position);
    if (DRAFTS <= limits.recoveryEntries) await back.has(DRAFTS);
    else expect(back.welcome).toMatchObject({ recovered: false, head: DRAFTS });
    expect(seqsOf(back.entries)).toEqual(back.entries.map((_, n) => n + 1));
  },
);

function seqsOf(entries: readonly Entry[]): readonly number[] {
  return entries.map(({ seq }) => seq);
}

/** Welcomed, and from then on it reads nothing. */
async function deafSocket(port: number, uid: string) {
  const socket = new WebSocket(socketUrl(port), "carillon.v1", { perMessageDeflate: false });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "hello", token: await tokenFor(uid) }));
  const [welcome] = await once(socket, "message");
  socket.pause();
  const { position } = JSON.parse(String(welcome));
  return { socket, position };
}
