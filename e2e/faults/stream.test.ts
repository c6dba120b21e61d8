import { describe, expect, it } from "vitest";
import { hubIn } from "./hubs.ts";
import { Ledger } from "./ledger.ts";
import { LIMIT_MS, size } from "./long.ts";
import { temporaryPlace } from "./place.ts";
import { FaultProxy } from "./proxy.ts";
import { dice, type Dice } from "./random.ts";
import { Signal } from "./signal.ts";
import { book, brokenLogs, readStore } from "./store.ts";
import { StrippingProxy } from "./stripping-proxy.ts";
import { User } from "./user.ts";
import { Witnesses } from "./witness.ts";

const USERS = 4;
const CUTS = size(20, 200);
const A_TURN = 10;
const whole = { lost: [], doubled: [], reseated: [], disordered: [] };

describe("behind a proxy that strips upgrades", () => {
  it(
    `[P44] ${USERS} users come online over streams, and ${CUTS} cuts in the middle of these lose and double nothing`,
    {
      timeout: LIMIT_MS,
    },
    async () => {
      const chance = dice("stream");
      await using place = await temporaryPlace();
      await using hub = await hubIn(place.path);
      await using witnesses = new Witnesses(hub.port);
      await using proxy = await StrippingProxy.to(hub.port);
      await using lines = new AsyncDisposableStack();
      const ledger = new Ledger();
      const changes = new Signal();
      const all = await Promise.all(
        Array.from({ length: USERS }, async (_, n) => {
          const line = lines.use(await FaultProxy.to(proxy.port));
          return { line, user: new User(`user-${n}`, { port: line.port, ledger, changes, random: chance.random }) };
        }),
      );
      const users = all.map(({ user }) => user);
      await changes.until(() => users.every(({ transport }) => transport === "stream"));
      expect(proxy.stripped).toBeGreaterThanOrEqual(2 * USERS);

      for (const [phase, turns] of [
        ["calm", 5],
        ["cuts", CUTS],
      ] as const) {
        witnesses.phase = phase;
        for (let n = 0; n < turns; n += 1) {
          const { line, user } = chance.oneOf(all);
          if (phase === "cuts") cutSoon(line, chance);
          await Promise.all(
            Array.from({ length: A_TURN }, (_each, m) =>
              (m % 2 === 0 ? user : chance.oneOf(users)).send(
                chance.oneOf(users).uid,
                "界".repeat(1 + chance.below(200)),
              ),
            ),
          );
          await changes.until(() => ledger.shownCount === ledger.sentCount);
        }
      }
      await Promise.all(users.map((user) => user.settled()));
      await changes.until(() => users.every(({ transport }) => transport === "stream"));
      await witnesses.finish();
      for (const user of users) user[Symbol.dispose]();

      await hub.stop();
      const store = await readStore(place.store);
      for (const each of [ledger, witnesses.ledger]) book(store, each);
      console.log(ledger.table(`${CUTS} cuts of streams`));
      const sent = (5 + CUTS) * A_TURN;
      expect([store.integrity, brokenLogs(store)]).toEqual(["ok", []]);
      expect(ledger.findings()).toMatchObject({ sent, acknowledged: sent, stored: sent, shown: sent, ...whole });
      expect(witnesses.ledger.findings()).toMatchObject(whole);
      expect(users.reduce((sum, { arrivals }) => sum + arrivals, 0)).toBeGreaterThan(USERS);
    },
  );
});

/** One of its connections, the stream or that of the POSTs, at a byte that the dice choose. */
function cutSoon({ passages }: FaultProxy, chance: Dice): void {
  if (passages.length > 0) chance.oneOf(passages).cutAfter(chance.oneOf(["up", "down"]), chance.below(3_000));
}
