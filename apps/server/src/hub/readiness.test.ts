import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localBus } from "../bus/local.ts";
import { openSqliteInbox } from "../inbox/sqlite/inbox.ts";
import { noRevocations } from "../testing/grants.ts";
import { fail, temporaryPlace } from "../testing/place.ts";
import { portOf } from "../testing/port-of.ts";
import { Hub } from "./hub.ts";
import { OWN_ENTRIES, PROBE_UID } from "./own.ts";
import { type Bus, type Inbox, InboxUnavailable } from "./ports.ts";
import { type Fault, probeDelivery } from "./probe.ts";
import { ReadyCheck } from "./readiness.ts";

describe("the probe", () => {
  let place: Awaited<ReturnType<typeof temporaryPlace>>;
  let inbox: Inbox;
  beforeEach(async () => {
    place = await temporaryPlace();
    inbox = await openSqliteInbox({ file: join(place.path, "carillon.db"), onFatal: fail });
  });
  afterEach(async () => {
    await inbox.close();
    await place.remove();
  });
  const hubOn = (store: Inbox, bus: Bus = localBus()) =>
    new Hub({ inbox: store, revocations: noRevocations, bus, connections: "all", now: Date.now });

  it("finds nothing wrong with a hub that delivers, and leaves nobody behind", async () => {
    const hub = hubOn(inbox);
    expect(await probeDelivery(hub, localBus())).toBeUndefined();
    expect((await inbox.read(PROBE_UID, 0, 10)).entries).toMatchObject([{ kind: "notification" }, { kind: "sent" }]);
    expect(hub.present()).toEqual({ users: 0, sessions: 0 });
  });

  it("[P28] keeps its log short, however often it is done", async () => {
    const hub = hubOn(inbox);
    for (let n = 0; n < 3 * OWN_ENTRIES; n += 1) await probeDelivery(hub, localBus());
    const { entries } = await inbox.read(PROBE_UID, 0, 1_000);
    expect(entries.length).toBeLessThanOrEqual(OWN_ENTRIES * 1.1 + 2);
  });

  it("names the store that refuses", async () => {
    const full = { ...portOf(inbox), commit: () => Promise.reject(new InboxUnavailable("The disk is full.")) };
    expect(await probeDelivery(hubOn(full), localBus())).toEqual({
      code: "storeUnavailable",
      message: "The disk is full.",
    });
  });

  it("finds out when what is stored rings nowhere", async () => {
    const silent: Inbox = {
      ...portOf(inbox),
      commit: async (changes) => (await inbox.commit(changes)).map((outcome) => ({ ...outcome, growth: [] })),
    };
    expect(await probeDelivery(hubOn(silent), localBus(), 20)).toMatchObject({ code: "notDelivered" });
  });

  it("finds out when what it rings is not heard by hubs elsewhere", async () => {
    const deaf: Bus = { ...localBus(), isHeard: () => false };
    expect(await probeDelivery(hubOn(inbox, deaf), deaf)).toMatchObject({ code: "notDelivered" });
  });

  it("hears the ring also when another hub rings it", async () => {
    let hear = (_uid: string, _head: number) => {};
    const bus: Bus = { ...localBus(), onRing: (listener) => (hear = listener) };
    const elsewhere: Inbox = {
      ...portOf(inbox),
      commit: async (changes) => {
        setTimeout(() => hear(PROBE_UID, 2));
        return (await inbox.commit(changes)).map((outcome) => ({ ...outcome, growth: [] }));
      },
    };
    expect(await probeDelivery(hubOn(elsewhere, bus), bus)).toBeUndefined();
  });
});

describe("readiness", () => {
  const READY = { at: "ready" };

  it("is asked of the hub once, however many ask at the same time, and again when the answer is old", async () => {
    let probes = 0;
    const check = new ReadyCheck({ probe: async () => void (probes += 1), holds: 0 });
    expect(await Promise.all([check.now(), check.now(), check.now()])).toMatchObject([READY, READY, READY]);
    expect(probes).toBe(1);
    expect(await check.now()).toEqual({ at: "ready" });
    expect(probes).toBe(2);
    const lasting = new ReadyCheck({ probe: async () => void (probes += 1), holds: 60_000 });
    await lasting.now();
    await lasting.now();
    expect(probes).toBe(3);
  });

  it("is denied while a probe takes too long, which no other overtakes, and is back after it", async () => {
    const slow = Promise.withResolvers<undefined>();
    const probes = [() => slow.promise, () => Promise.resolve(undefined)];
    let started = 0;
    const check = new ReadyCheck({ probe: () => probes[started++]?.() ?? fail(started), limit: 5, holds: 0 });
    expect(await check.now()).toMatchObject({ at: "notReady", code: "notDelivered" });
    expect(await check.now()).toMatchObject({ at: "notReady", code: "notDelivered" });
    expect(started).toBe(1);
    slow.resolve(undefined);
    await slow.promise;
    await new Promise(setImmediate);
    expect([await check.now(), started]).toEqual([{ at: "ready" }, 2]);
  });

  it("is denied with what is at fault, and while the hub drains", async () => {
    const fault: Fault = { code: "storeUnavailable", message: "The disk is full." };
    const check = new ReadyCheck({ probe: () => Promise.resolve(fault) });
    expect(await check.now()).toEqual({ at: "notReady", ...fault });
    const well = new ReadyCheck({ probe: () => Promise.resolve(undefined) });
    const before = well.now();
    well.drain();
    expect(await Promise.all([before, well.now()])).toMatchObject([{ code: "draining" }, { code: "draining" }]);
  });
});
