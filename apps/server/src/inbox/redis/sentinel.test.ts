import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWith } from "../../testing/entry.ts";
import { Ledger } from "../../testing/ledger.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import { NAME, SentinelSet } from "../../testing/sentinel-set.ts";
import { given } from "../../testing/until.ts";

const PASSWORD = "a password with / and @";
const AUTHORS = Array.from({ length: 10 }, (_, n) => `author${n}`);

let set: SentinelSet;
beforeAll(async () => {
  set = await SentinelSet.start(openWith(PASSWORD));
}, 120_000);
afterAll(() => set[Symbol.asyncDispose]());

describe("a master that Sentinels name", { timeout: 60_000 }, () => {
  it("[P6] [P7] [P12] [P29] replicated: stands still while many send, is replaced, and comes back: nothing that was answered is lost", async () => {
    const url = `redis+sentinel://${set.hosts}/${NAME}`;
    const { open } = redisPlace({ url }, { password: PASSWORD, durability: "replicated", mostEntries: 100_000 });
    const inboxes = await Promise.all([open(), open()]);
    const ledger = new Ledger("101");
    const over = new AbortController();
    const sending = ledger.sendAll(inboxes, AUTHORS, over.signal);
    await ledger.grows(200);
    const { position } = await inboxes[0].open("101", { from: "snapshot" });
    set.master.freeze();
    await set.isReplaced(set.master);
    await ledger.grows(200);
    set.master.thaw(); // It takes itself for the master until a Sentinel tells it.
    await ledger.grows(200);
    over.abort();
    await sending;
    for (const inbox of inboxes) expect(await ledger.lostFrom(inbox)).toEqual([]);
    const standing = await inboxes[0].open("101", { from: "position", position });
    expect(standing.position.epoch).not.toBe(position.epoch);
    await Promise.all(inboxes.map((inbox) => inbox.close()));
  });

  it("is found by the Sentinels that are there, and by its name alone", async () => {
    const [one, two, three] = set.sentinels;
    one?.freeze();
    const hosts = [one, two, three].map((each) => `127.0.0.1:${each?.port}`).join(",");
    const place = (name: string) =>
      redisPlace({ url: `redis+sentinel://${hosts}/${name}` }, { password: PASSWORD, patience: 500 });
    const inbox = await given(() => place(NAME).open(), "it is open");
    await expect(place("nobody").open()).rejects.toThrow(/No Sentinel names a master nobody/u);
    one?.thaw();
    await inbox.close();
  });
});
