import { expect, it } from "vitest";
import { hubIn } from "./hubs.ts";
import { Ledger } from "./ledger.ts";
import { isLong, LIMIT_MS, size } from "./long.ts";
import { LOOP_MS, LoopWatch, sentence } from "./loop-watch.ts";
import type { Passage } from "./passage.ts";
import { temporaryPlace } from "./place.ts";
import { FaultProxy } from "./proxy.ts";
import { dice, type Dice } from "./random.ts";
import { Signal } from "./signal.ts";
import { book, brokenLogs, readStore } from "./store.ts";
import { User } from "./user.ts";
import { Witnesses } from "./witness.ts";

const USERS = size(10, 50);
const NOTIFICATIONS = size(1_000, 20_000);
const CUTS = size(20, 200);

it(
  `[P15] ${CUTS} cuts at random bytes while ${USERS} users exchange ${NOTIFICATIONS} notifications: none lost, none twice, all in order`,
  { timeout: LIMIT_MS },
  async () => {
    const chance = dice("cuts");
    await using place = await temporaryPlace();
    await using hub = await hubIn(place.path);
    await using witnesses = new Witnesses(hub.port);
    const ledger = new Ledger();
    const changes = new Signal();
    await using proxies = new AsyncDisposableStack();
    const users = await Promise.all(
      Array.from({ length: USERS }, async (_, n): Promise<Cuttable> => {
        const proxy = proxies.use(await FaultProxy.to(hub.port));
        const user = new User(`user-${n}`, { port: proxy.port, ledger, changes, random: chance.random });
        return { user, proxy };
      }),
    );
    await Promise.all(users.map(({ user }) => user.online()));

    let loop = await LoopWatch.on(hub.port);
    // The same bursts throughout, so that the witnesses feel nothing but the cuts.
    for (const [phase, turns] of [
      ["warming up", CUTS / 2],
      ["calm", CUTS / 2],
      ["cuts", CUTS],
    ] as const) {
      witnesses.phase = phase;
      if (phase === "cuts") loop = await LoopWatch.on(hub.port);
      for (let n = 0; n < turns; n += 1) {
        const victim = chance.oneOf(users);
        const cut = phase === "cuts" ? cutSoon(victim, chance) : undefined;
        await Promise.all([cut, ...talk(victim, users, chance)]);
        await changes.until(() => ledger.shownCount === ledger.sentCount);
        const passage = await cut;
        passage?.reset(); // The byte of its cut may not have come: nobody waits until it does, with a ping.
        await passage?.ended;
      }
    }
    witnesses.phase = "after";
    const delay = await loop.read();
    await witnesses.finish();
    await Promise.all(users.map(({ user }) => user.settled()));
    await changes.until(() => ledger.deliveredCount === ledger.sentCount);
    for (const { user } of users) user[Symbol.dispose]();

    await hub.stop();
    const store = await readStore(place.store);
    for (const each of [ledger, witnesses.ledger]) book(store, each);
    console.log(ledger.table(`${CUTS} cuts`));
    console.log(witnesses.ledger.table("witnesses"));
    const [calm, cuts] = [witnesses.p99("calm"), witnesses.p99("cuts")];
    console.log(`during the cuts: ${sentence(delay)}`);
    console.log(`p99 of the witnesses: ${calm.toFixed(1)} ms calm, ${cuts.toFixed(1)} ms during the cuts`);

    expect([store.integrity, brokenLogs(store)]).toEqual(["ok", []]);
    const whole = { lost: [], doubled: [], reseated: [], disordered: [] };
    const all = { sent: NOTIFICATIONS, acknowledged: NOTIFICATIONS, stored: NOTIFICATIONS, delivered: NOTIFICATIONS };
    expect(ledger.findings()).toEqual({ ...all, shown: NOTIFICATIONS, ...whole });
    expect(delay.p99).toBeLessThanOrEqual(LOOP_MS);
    const { sent: exchanged } = witnesses.ledger.findings();
    expect(witnesses.ledger.findings()).toMatchObject({ delivered: exchanged, shown: exchanged, ...whole });
    // A short run shares its processors with other tests, and a handful of samples has no p99 worth the name.
    if (isLong) expect(cuts).toBeLessThan(2 * calm);
  },
);

/** Somebody whose connection lies on a proxy of its own. */
type Cuttable = { readonly user: User; readonly proxy: FaultProxy };

/** Drafts between two cuts, some of them the victim's, so that its bytes come. */
const A_TURN = NOTIFICATIONS / 2 / CUTS;
const VICTIMS = 10;

function talk(victim: Cuttable, users: readonly Cuttable[], chance: Dice): Promise<string>[] {
  return Array.from({ length: A_TURN }, (_, n) => {
    const { user } = n < VICTIMS ? victim : chance.oneOf(users);
    return user.send(chance.oneOf(users).user.uid, "x".repeat(1 + chance.below(200)));
  });
}

/** At a byte that the dice choose, in one direction. Resolves when that is arranged, with what will be cut. */
async function cutSoon({ proxy }: Cuttable, chance: Dice): Promise<Passage | undefined> {
  await proxy.connected(1);
  const [passage] = proxy.passages;
  passage?.cutAfter(chance.oneOf(["up", "down"]), chance.below(700));
  return passage;
}
