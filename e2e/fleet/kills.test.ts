import { setTimeout as pause } from "node:timers/promises";
import { openRedisInbox } from "@carillon/server/inbox/redis/inbox.ts";
import { logOf } from "@carillon/server/testing/log-of.ts";
import { expect, it } from "vitest";
import { Ledger } from "../faults/ledger.ts";
import { LIMIT_MS, size } from "../faults/long.ts";
import { type Dice, dice } from "../faults/random.ts";
import { Signal } from "../faults/signal.ts";
import { User } from "../faults/user.ts";
import { Fleet } from "./fleet.ts";

const USERS = size(300, 3_000);
/** Milliseconds of killing; with all hubs, before each kill; and for which a hub is away at most. */
const KILLING_MS = size(12_000, 120_000);
const CALM_MS = 2_000;
const AWAY_MS = 6_000;
const LOOK_MS = 50;
/** Milliseconds after the last answer: what is not there by then is missing. */
const LATE_MS = 30_000;
/** Users who write at the same time, and the milliseconds that each waits before the next draft. */
const WRITERS = 30;
const PAUSE_MS = 50;

it(
  `[P6] [P8] [P15] three hubs on one Redis, ${USERS} users, a hub killed every few seconds: nothing lost, nothing doubled, all resume elsewhere`,
  { timeout: LIMIT_MS },
  async () => {
    const chance = dice("kills of hubs");
    await using fleet = await Fleet.start();
    const ledger = new Ledger();
    const changes = new Signal();
    const { port } = fleet;
    // A stream's requests would have to reach one hub, which a balancer of TCP cannot see to.
    const { random } = chance;
    const options = { port, ledger, changes, random, haste: 2, transports: "webSocketOnly" } as const;
    const users = await arrived(USERS, (n) => new User(`user-${n}`, options), changes);
    const over = new AbortController();
    const writing = Array.from({ length: WRITERS }, () => write(users, chance, over.signal));

    const kills: string[] = [];
    for (const from = performance.now(); performance.now() - from < KILLING_MS;) {
      await pause(CALM_MS);
      const before = arrivalsOf(users);
      const hub = fleet.fullest();
      const cut = await fleet.kill(hub);
      const killedAt = performance.now();
      // While it is away, who is back is elsewhere; on a busy machine not all of them in time.
      const areAllBack = () => arrivalsOf(users) >= before + cut && users.every(({ isOnline }) => isOnline);
      await within(AWAY_MS, areAllBack);
      const back = users.filter(({ isOnline }) => isOnline).length;
      kills.push(`${cut} cut, ${back} on the others after ${((performance.now() - killedAt) / 1_000).toFixed(1)} s`);
      expect(cut).toBeGreaterThan(0);
      await hub.start();
    }
    over.abort();
    await Promise.all(writing);
    await Promise.all(users.map((user) => user.settled()));
    const isWhole = () => ledger.shownCount === ledger.sentCount && ledger.deliveredCount === ledger.sentCount;
    const areHere = () => users.every(({ isOnline }) => isOnline);
    await within(LATE_MS, () => isWhole() && areHere());

    await book(ledger, fleet, users);
    console.log(`${ledger.table(`three hubs, ${USERS} users, ${kills.length} kills`)}\n  ${kills.join("\n  ")}`);
    expect(users.filter(({ setBacks }) => setBacks > 0).map(({ uid }) => uid)).toEqual([]);
    expect(users.filter(({ isOnline }) => !isOnline).map(({ uid }) => uid)).toEqual([]);
    const { sent, acknowledged, stored, delivered, shown, ...findings } = ledger.findings();
    expect([acknowledged, stored, delivered, shown]).toEqual([sent, sent, sent, sent]);
    expect(findings).toEqual({ lost: [], doubled: [], reseated: [], disordered: [] });
    for (const user of users) user[Symbol.dispose]();
  },
);

/** Until it holds, or so many milliseconds have passed. Looks now and then: at each of its frames would keep a crowd from coming back. */
async function within(ms: number, holds: () => boolean): Promise<void> {
  for (const from = performance.now(); !holds() && performance.now() - from < ms;) await pause(LOOK_MS);
}

function arrivalsOf(users: readonly User[]): number {
  return users.reduce((sum, { arrivals }) => sum + arrivals, 0);
}

/** One of the users after the other writes to one of the others, and waits until it is answered. */
async function write(users: readonly User[], chance: Dice, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const author = chance.oneOf(users);
    await author.send(chance.oneOf(users).uid, "A hub may end meanwhile.");
    await author.settled();
    await pause(PAUSE_MS);
  }
}

/** Some come at a time: coming for the first time is not what is tried here. */
async function arrived(count: number, user: (n: number) => User, changes: Signal): Promise<readonly User[]> {
  const users: User[] = [];
  for (let n = 0; n < count; n++) {
    users.push(user(n));
    if (n % AT_ONCE === AT_ONCE - 1) await changes.until(() => users.every(({ isOnline }) => isOnline));
  }
  await changes.until(() => users.every(({ isOnline }) => isOnline));
  return users;
}

/** Writes down what the logs in Redis hold, each of which is whole. */
async function book(ledger: Ledger, { redis }: Fleet, users: readonly User[]): Promise<void> {
  const inbox = await openRedisInbox({ url: redis.url });
  for (const { uid } of users) {
    const entries = await logOf(inbox, uid);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, n) => n + 1));
    for (const entry of entries) if (entry.kind === "notification") ledger.stored(entry.from, entry.id);
  }
  await inbox.close();
}

/** Users who come at the same time at first. */
const AT_ONCE = 50;
