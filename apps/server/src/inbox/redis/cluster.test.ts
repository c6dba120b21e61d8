import { beforeEach, describe, expect, it } from "vitest";
import { InboxUnavailable } from "../../hub/ports.ts";
import { Keys } from "../../redis/keys.ts";
import { slotOf } from "../../redis/slots.ts";
import { Ledger, MOST_LOST_MS } from "../../testing/ledger.ts";
import { clusterForAll } from "../../testing/redis-cluster.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import { untilStored } from "../../testing/until-stored.ts";
import { draft } from "../contract/bench.ts";
import { inboxContract } from "../contract/index.ts";
import { lapsingContract } from "../contract/lapsing.ts";
import { markingContract } from "../contract/marking.ts";
import { rewritingContract } from "../contract/rewriting.ts";
import { sendingContract } from "../contract/sending.ts";
import type { Level } from "./durability.ts";
import { logOf } from "../../testing/log-of.ts";

const cluster = clusterForAll();

// What concerns several logs. With CARILLON_FAULTS=long all of it.
const SPREAD = [sendingContract, markingContract, rewritingContract, lapsingContract];
inboxContract(
  "redis on a cluster",
  async () => ({ open: redisPlace(cluster()).open, remove: async () => {} }),
  process.env["CARILLON_FAULTS"] === "long" ? undefined : SPREAD,
);

it("says at the start that it wants to be named as a cluster", async () => {
  const url = cluster().url.replace("+cluster", "").replace(/,.*/u, "");
  await expect(redisPlace({ url }).open()).rejects.toThrow(/redis\+cluster:/u);
});

describe("a key", () => {
  it.each([
    "",
    "foo",
    "foo{}{foo}",
    "foo{{bar}}zap",
    "foo{bar",
    "foo{bar}{zap}",
    "é{ü}",
    "carillon:{%F0%9F%91%A9}:log",
  ])("%j lies where the server says", async (key) => {
    const [node] = cluster().nodes;
    expect(slotOf(key)).toBe(await node?.say("CLUSTER", "KEYSLOT", key));
  });
});

const AUTHORS = Array.from({ length: 12 }, (_, n) => `author${n}`);

describe("a cluster under load", { timeout: 60_000 }, () => {
  beforeEach(() => cluster().isWhole());

  it("[P7] [P9] [P12] a slot that moves: nothing is lost or doubled, also of what was under way", async () => {
    await using at = await twoHubs("everysec");
    await at.ledger.grows(300);
    const target = await cluster().otherMaster(at.key);
    await cluster().migrate(at.key, target);
    await at.ledger.grows(300);
    expect((await cluster().shardOf(at.key)).master).toBe(target);
    expect(await at.lost()).toEqual([]);
  });

  it("[P6] a log that is half moved is refused, not taken for another one", async () => {
    await using at = await oneHub();
    const { inbox, key } = at;
    await inbox.commit([draft("100", "101", "d1"), draft("100", "101", "d2")]);
    const { master } = await cluster().shardOf(key);
    const target = await cluster().otherMaster(key);
    const move = await cluster().beginMove(key, target);
    const keys = await master.say<readonly string[]>("KEYS", `${key.replace(/[{}]/g, "?")}:*`);
    expect(keys.length).toBeGreaterThan(2);
    for (const each of keys) {
      await move.take(each);
      await expect(inbox.commit([draft("100", "101", "d3")])).rejects.toThrow(InboxUnavailable);
      await expect(inbox.read("101", 0, 10)).rejects.toThrow(InboxUnavailable);
      await expect(inbox.open("101", { from: "snapshot" })).rejects.toThrow(InboxUnavailable);
    }
    await move.end();
    expect(await inbox.commit([draft("100", "101", "d3")])).toMatchObject([{ outcome: "stored" }]);
    expect(await logOf(inbox, "101")).toMatchObject([{ id: "d1" }, { id: "d2" }, { id: "d3" }]);
    expect((await inbox.read("101", 0, 1)).counts).toEqual({ unseen: 3, unread: 3, asOf: 3 });
  });

  it.each<Level>(["everysec", "replicated"])(
    "[P7] [P12] [P29] %s: a replica that is promoted while its master still takes writes loses what the level says",
    async (level) => {
      await using at = await twoHubs(level);
      for (let n = 0; n < 2; n++) {
        await at.ledger.grows(200);
        const { replica } = await cluster().shardOf(at.key);
        await cluster().promote(replica);
        await cluster().isWhole();
      }
      await at.ledger.grows(200);
      const lost = await at.lost();
      if (level === "replicated") expect(lost).toEqual([]);
    },
  );

  it("[P6] [P29] everysec: a master is killed, its replica promoted: only of the last two seconds anything is lost", async () => {
    await using at = await twoHubs("everysec");
    await at.ledger.isAsOldAs(MOST_LOST_MS + 1_000);
    const { master, replica } = await cluster().shardOf(at.key);
    const killedAt = performance.now();
    await master.server.kill();
    await cluster().promote(replica);
    const promoted = at.ledger.answered.length;
    await master.server.start();
    await cluster().isWhole();
    await at.ledger.grows(200);
    const after = new Set(at.ledger.answered.slice(promoted));
    const lost = await at.lost();
    expect(lost?.filter((name) => at.ledger.age(name, killedAt) > MOST_LOST_MS || after.has(name))).toEqual([]);
  });

  it("[P6] [P29] replicated: a master stands still, its replica is promoted, and it comes back: nothing that was answered is lost", async () => {
    await using at = await twoHubs("replicated");
    await at.ledger.grows(200);
    const { position } = await at.inboxes[0].open(at.ledger.to, { from: "snapshot" });
    const { master, replica } = await cluster().shardOf(at.key);
    master.server.freeze();
    await cluster().promote(replica);
    master.server.thaw();
    await cluster().isWhole();
    await at.ledger.grows(200);
    expect(await at.lost()).toEqual([]);
    const standing = await at.inboxes[1].open(at.ledger.to, { from: "position", position });
    expect(standing.position.epoch).not.toBe(position.epoch);
  });
});

describe("an epoch on a cluster", { timeout: 60_000 }, () => {
  beforeEach(() => cluster().isWhole());

  it("[P29] is another one when a server that had lost the end of a log is the master again, and nobody wrote meanwhile", async () => {
    await using at = await oneHub();
    const { inbox, key } = at;
    await inbox.commit([draft("100", "101", "kept")]);
    const { master, replica } = await cluster().shardOf(key);
    const silence = await cluster().silence({ master, replica });
    await inbox.commit([draft("100", "101", "lost")]);
    const { position } = await inbox.open("101", { from: "snapshot" });
    expect(position.seq).toBe(2);
    await silence.promote();
    await cluster().isWhole();
    await cluster().promote(master);
    await cluster().isWhole();
    await untilStored(inbox, draft("100", "101", "new"));
    const { epoch } = await inbox.read("101", 0, 10);
    expect((await logOf(inbox, "101")).map((entry) => entry.kind === "notification" && entry.id)).toEqual([
      "kept",
      "new",
    ]);
    expect(epoch).not.toBe(position.epoch);
  });
});

describe("a draft on two shards of which one loses its end", { timeout: 60_000 }, () => {
  beforeEach(() => cluster().isWhole());

  it("[P12] is there once, although the claim by which it was received is lost", async () => {
    await using at = await oneHub();
    const { author, recipient } = await at.pair();
    const { inbox, keys } = at;
    await inbox.commit([draft(author, recipient, "d1")]);
    const shard = await cluster().shardOf(keys.user(author));
    const silence = await cluster().silence(shard);
    const [stored] = await inbox.commit([draft(author, recipient, "d2")]);
    expect(stored).toMatchObject({ outcome: "stored" });
    await silence.promote();
    await cluster().isWhole(); // Until it has heard, the master that was replaced would find the draft, and say so.
    await untilStored(inbox, draft(author, recipient, "d2"));
    for (const uid of [recipient, author]) expect(await logOf(inbox, uid)).toMatchObject([{ id: "d1" }, { id: "d2" }]);
  });

  it("[P6] replicated: is not sent before what was received is confirmed", async () => {
    await using at = await oneHub("replicated");
    const { author, recipient } = await at.pair();
    const { inbox, keys } = at;
    await inbox.commit([draft(author, recipient, "d1")]);
    const silence = await cluster().silence(await cluster().shardOf(keys.user(recipient)));
    await expect(inbox.commit([draft(author, recipient, "d2")])).rejects.toThrow(/0 of 1 replicas/u);
    await silence.promote();
    await untilStored(inbox, draft(author, recipient, "d2"));
    expect(await logOf(inbox, recipient)).toMatchObject([{ id: "d1" }, { id: "d2" }]);
  });
});

/** An inbox on the cluster, and the key of what its test is about. */
async function oneHub(durability: Level = "everysec") {
  const { open, prefix } = redisPlace(cluster(), { durability });
  const inbox = await open();
  const keys = new Keys(prefix);
  /** Two users of two shards. */
  const pair = async () => {
    const { master } = await cluster().shardOf(keys.user("101"));
    for (let n = 0; ; n++) {
      const author = `author${n}`;
      if ((await cluster().shardOf(keys.user(author))).master !== master) return { author, recipient: "101" };
    }
  };
  return { inbox, keys, pair, key: keys.user("101"), [Symbol.asyncDispose]: () => inbox.close() };
}

/** Two inboxes on the cluster, on both of which authors of all shards send to one user until the end is asked for. */
async function twoHubs(durability: Level) {
  const { open, prefix } = redisPlace(cluster(), { durability, mostEntries: 100_000 });
  const inboxes = await Promise.all([open(), open()]);
  const ledger = new Ledger("101");
  const over = new AbortController();
  const sending = ledger.sendAll(inboxes, AUTHORS, over.signal);
  const lost = async () => {
    over.abort();
    await sending;
    const [one, two] = await Promise.all(inboxes.map((inbox) => ledger.lostFrom(inbox)));
    expect(one).toEqual(two);
    return one;
  };
  const end = async () => {
    over.abort();
    await sending;
    await Promise.all(inboxes.map((inbox) => inbox.close()));
  };
  return { inboxes, ledger, lost, key: new Keys(prefix).user(ledger.to), [Symbol.asyncDispose]: end };
}
