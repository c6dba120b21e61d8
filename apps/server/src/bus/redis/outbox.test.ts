import { describe, expect, it } from "vitest";
import { ALL_PARTITIONS, partitionOf } from "../../redis/keys.ts";
import { Outbox } from "./outbox.ts";

const ring = (uid: string, head: number) => ({ uid, head, epoch: "e" });

/** Users of one part. */
function neighbours(count: number): readonly string[] {
  const uids: string[] = [];
  for (let n = 0; uids.length < count; n++) if (partitionOf(`user${n}`) === 0) uids.push(`user${n}`);
  return uids;
}

describe("what is to be said", () => {
  it("is of each log the newest ring, where its user belongs; and once taken, nothing", () => {
    const outbox = new Outbox();
    outbox.ring(ring("101", 1));
    outbox.ring(ring("102", 1));
    outbox.ring(ring("101", 2));
    const said = outbox.take();
    expect(said.flatMap(([, { rings }]) => rings)).toEqual([ring("101", 2), ring("102", 1)]);
    for (const [partition, { rings }] of said)
      expect(rings.map(({ uid }) => partitionOf(uid))).toEqual(rings.map(() => partition));
    expect(outbox.take()).toEqual([]);
  });

  it("goes in messages of at most 500 rings, or 500 news", () => {
    const outbox = new Outbox();
    for (const uid of neighbours(1_001)) {
      outbox.ring(ring(uid, 1));
      outbox.tell({ of: "place", uid, isHere: true });
    }
    const said = outbox.take();
    expect(said.map(([partition, { rings, news }]) => [partition, rings.length, news.length])).toEqual([
      [0, 0, 500],
      [0, 0, 500],
      [0, 0, 1],
      [0, 500, 0],
      [0, 500, 0],
      [0, 1, 0],
    ]);
  });

  it("keeps the order of news, and all of them", () => {
    const outbox = new Outbox();
    const news = [true, false, true].map((isHere) => ({ of: "place", uid: "101", isHere }) as const);
    for (const each of news) outbox.tell(each);
    expect(outbox.take().map(([, saying]) => saying.news)).toEqual([news]);
  });

  it("[P32] of a user's revocation stands where the user belongs, of a token's everywhere", () => {
    const outbox = new Outbox();
    const user = { of: "user", uid: "101", until: 5 } as const;
    const token = { of: "token", tokenId: "t", expiresAt: undefined } as const;
    outbox.revoked(user);
    expect(outbox.take()).toEqual([[partitionOf("101"), { rings: [], revoked: [user], news: [] }]]);
    outbox.revoked(token);
    const said = outbox.take();
    expect(said.map(([partition]) => partition)).toEqual(ALL_PARTITIONS);
    expect(said.every(([, { revoked }]) => revoked.length === 1 && revoked[0] === token)).toBe(true);
  });
});
