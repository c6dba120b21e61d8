import { expect, it } from "vitest";
import { CrashRunner } from "./crash.ts";
import { hubIn } from "./hubs.ts";
import { Ledger, nameOf } from "./ledger.ts";
import { Line } from "./line.ts";
import { LIMIT_MS, size } from "./long.ts";
import { temporaryPlace } from "./place.ts";
import { dice } from "./random.ts";
import { Signal } from "./signal.ts";
import { book, brokenLogs, readStore } from "./store.ts";
import { User } from "./user.ts";

const ROUNDS = size(5, 30);
const USERS = 4;
const DRAFTS_A_ROUND = size(80, 200);

it(
  "[P6] [P29] SIGKILL at random moments: what was acknowledged is stored, every log is whole, nothing rings twice, all resume",
  { timeout: LIMIT_MS },
  async () => {
    const chance = dice("SIGKILL");
    await using place = await temporaryPlace();
    await using hub = await hubIn(place.path);
    const crash = new CrashRunner(hub, chance);
    const ledger = new Ledger();
    const changes = new Signal();
    const users = Array.from({ length: USERS }, (_, n) => {
      return new User(`user-${n}`, { port: hub.port, ledger, changes, random: chance.random });
    });
    const { epoch } = await readStore(place.store);
    const answered = () => ledger.acknowledgedCount;

    for (let round = 0; round < ROUNDS; round += 1) {
      const sending = users.map(async (user) => {
        for (let n = 0; n < DRAFTS_A_ROUND; n += 1) await user.send(chance.oneOf(users).uid, `${round}.${n}`);
      });
      const reaches = (least: number) => changes.until(() => answered() >= least);
      await crash.kill(answered, reaches, (USERS * DRAFTS_A_ROUND) / 2);
      const acknowledged = ledger.acknowledgedDrafts();

      const store = await readStore(place.store);
      expect([store.integrity, store.epoch], `round ${round}`).toEqual(["ok", epoch]);
      expect(brokenLogs(store), `round ${round}`).toEqual([]);
      const missing = acknowledged.filter(({ author, id, seq }) => store.drafts.get(nameOf(author, id)) !== seq);
      expect(missing, `round ${round}`).toEqual([]);

      await crash.restart();
      await Promise.all([...sending, ...users.map((user) => user.settled())]);
    }

    await changes.until(() => ledger.shownCount === ledger.sentCount && ledger.deliveredCount === ledger.sentCount);
    await resendsAreDuplicates(hub.port, ledger);
    for (const user of users) user[Symbol.dispose]();
    await hub.stop();
    const last = await readStore(place.store);
    expect([last.epoch, users.map(({ setBacks }) => setBacks)]).toEqual([epoch, users.map(() => 0)]);
    book(last, ledger);
    console.log(ledger.table(`SIGKILL, ${ROUNDS} rounds`));
    const { sent, acknowledged, stored, delivered, ...findings } = ledger.findings();
    expect([acknowledged, stored, delivered]).toEqual([sent, sent, sent]);
    expect(findings).toMatchObject({ lost: [], doubled: [], reseated: [], disordered: [] });
  },
);

/** P12: as often as one likes, also after the hub that took them is gone. */
async function resendsAreDuplicates(port: number, ledger: Ledger): Promise<void> {
  const sample = ledger.acknowledgedDrafts().filter((_draft, n) => n % 5 === 0);
  for (const author of new Set(sample.map((draft) => draft.author))) {
    using line = await Line.to(port, author);
    const own = sample.filter((draft) => draft.author === author);
    const answers = await line.sendAll(own.map(({ id, to, text }) => ({ id, to, text })));
    expect(answers).toMatchObject(own.map(({ id, seq }) => ({ type: "sent", id, seq, duplicate: true })));
  }
}
