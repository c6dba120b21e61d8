import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localBus } from "../bus/local.ts";
import { draft } from "../inbox/contract/bench.ts";
import { openSqliteInbox } from "../inbox/sqlite/inbox.ts";
import { grantOf } from "../testing/grants.ts";
import { MemoryLine } from "../testing/memory-line.ts";
import { fail, temporaryPlace } from "../testing/place.ts";
import { Hub } from "./hub.ts";
import { type Meter, silentMeter } from "./meter.ts";
import type { Inbox, Revocations } from "./ports.ts";
import { Session, startOf } from "./session.ts";

let place: Awaited<ReturnType<typeof temporaryPlace>>;
let inbox: Inbox & Revocations;
let roundTrips: number;
/** Another hub rings. */
let hear: (uid: string, head: number) => void;

beforeEach(async () => {
  place = await temporaryPlace();
  inbox = await openSqliteInbox({ file: join(place.path, "carillon.db"), onFatal: fail });
  roundTrips = 0;
});
afterEach(async () => {
  await inbox.close();
  await place.remove();
});

/** A hub, an author, and two sessions of 101, of which the first acknowledges for both; each has one notification. */
async function house() {
  const bus = { ...localBus(), onRing: (listener: typeof hear) => (hear = listener) };
  const meter: Meter = { ...silentMeter, roundTrip: () => void (roundTrips += 1) };
  const hub = new Hub({ inbox, revocations: inbox, bus, connections: "all", now: () => 1, meter });
  const tab = async (uid: string) => {
    const line = new MemoryLine();
    const session = new Session(hub, `${uid}-session`, grantOf(uid), line);
    await session.open(startOf(undefined));
    session.follow();
    return { line, session };
  };
  const [author, first, second] = [await tab("100"), await tab("101"), await tab("101")];
  await hub.send("100", { id: "d1", to: "101", text: "…" });
  for (const { session } of [first, second]) session.ack(1);
  await author.line.received(2);
  return { hub, author, first, second };
}

describe("several sessions of one user", () => {
  it("[P57] get the same, and one of them is to acknowledge it", async () => {
    const { hub, author, first, second } = await house();
    await hub.send("100", { id: "d2", to: "101", text: "…" });
    expect(second.line.entries).toEqual(first.line.entries);
    expect([first.line.isAsked, second.line.isAsked]).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(author.line.isAsked).not.toContain(false);
  });

  it("[P57] entries without a notification are nobody's to acknowledge", async () => {
    const { hub, second } = await house();
    await hub.mark({ uid: "101", mark: "seen", target: { upTo: 1 }, withhold: false });
    expect(second.line.entries.at(-1)).toMatchObject({ kind: "mark" });
    expect(second.line.isAsked.at(-1)).toBe(true);
  });

  it("[P57] the round trip that is measured is that of who is to acknowledge", async () => {
    const { hub, first, second } = await house();
    await hub.send("100", { id: "d2", to: "101", text: "…" });
    second.session.ack(2); // As an older client does.
    expect(roundTrips).toBe(2);
    first.session.ack(2);
    expect(roundTrips).toBe(3);
  });

  it("[P57] what another hub rang for is one's to acknowledge, too", async () => {
    const { first, second } = await house();
    await inbox.commit([draft("100", "101", "d2")]);
    hear("101", 2);
    await Promise.all([first, second].map(({ line }) => line.received(2)));
    expect([first.line.isAsked, second.line.isAsked]).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it("[P57] [P24] the one that owes an answer ends: the other is asked, and the author learns of it once", async () => {
    const { hub, author, first, second } = await house();
    await hub.send("100", { id: "d2", to: "101", text: "…" });
    first.session.end();
    expect(second.line.asked).toEqual([2]);
    second.session.ack(2);
    await author.line.received(4);
    const receipts = author.line.entries.flatMap((entry) => (entry.kind === "receipt" ? entry.ids : []));
    expect(receipts).toEqual(["d1", "d2"]);
  });
});
