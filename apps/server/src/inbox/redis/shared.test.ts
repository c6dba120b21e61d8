import { describe, expect, it } from "vitest";
import { redisForAll, redisPlace } from "../../testing/redis-place.ts";
import { AT, draft } from "../contract/bench.ts";
import { Keys } from "../../redis/keys.ts";
import { logOf } from "../../testing/log-of.ts";

const server = redisForAll();

/** Two inboxes on one store, as two hubs have. */
async function pair() {
  const { open } = redisPlace(server());
  const [one, two] = await Promise.all([open(), open()]);
  const end = async () => {
    await Promise.all([one.close(), two.close()]);
  };
  return { one, two, [Symbol.asyncDispose]: end };
}

describe("two hubs on one Redis", { timeout: 30_000 }, () => {
  it("[P12] the same draft a hundred times at once is one entry", async () => {
    await using at = await pair();
    const sends = Array.from({ length: 100 }, (_, n) => (n % 2 ? at.one : at.two).commit([draft("100", "101", "d1")]));
    const outcomes = (await Promise.all(sends)).map(([appended]) => appended?.outcome);
    expect(outcomes.filter((each) => each === "stored")).toHaveLength(1);
    expect(outcomes.filter((each) => each === "duplicate")).toHaveLength(99);
    for (const uid of ["100", "101"]) expect((await at.one.read(uid, 0, 10)).entries).toHaveLength(1);
  });

  it("[P12] the same id with two bodies at once: one is stored, and the other's recipient gets nothing", async () => {
    await using at = await pair();
    for (let n = 0; n < 20; n++) {
      const bodies = [draft("100", `a${n}`, `d${n}`), draft("100", `b${n}`, `d${n}`)] as const;
      const [one, two] = await Promise.all([at.one.commit([bodies[0]]), at.two.commit([bodies[1]])]);
      expect(new Set([one[0]?.outcome, two[0]?.outcome])).toEqual(new Set(["conflict", "stored"]));
      const got = await Promise.all([`a${n}`, `b${n}`].map((uid) => at.one.read(uid, 0, 10)));
      expect(got.reduce((sum, { entries }) => sum + entries.length, 0)).toBe(1);
    }
  });

  it("[P7] one log from both is contiguous, and each growth is what it says", async () => {
    await using at = await pair();
    const from = (inbox: typeof at.one, author: string) =>
      Promise.all(Array.from({ length: 100 }, (_, n) => inbox.commit([draft(author, "101", `${author}-${n}`)])));
    const grown = (await Promise.all([from(at.one, "100"), from(at.two, "102")])).flat(2);
    const { entries } = await at.one.read("101", 0, 1_000);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    for (const appended of grown) {
      if (appended.outcome !== "stored") throw new Error("Each of them is another draft.");
      for (const { uid, entries: some } of appended.growth)
        if (uid === "101") expect(some).toEqual([entries[(some[0]?.seq ?? 0) - 1]]);
    }
  });

  it("[P14] [P24] one acknowledgement and one mark by both give one receipt each", async () => {
    await using at = await pair();
    await at.one.commit([draft("100", "101", "d1"), draft("100", "101", "d2")]);
    const acknowledge = { op: "acknowledge", reached: [{ uid: "101", seq: 2 }], at: AT } as const;
    const mark = { op: "mark", uid: "101", mark: "read", target: { upTo: 2 }, withhold: false, at: AT } as const;
    const acknowledged = await Promise.all([at.one.commit([acknowledge]), at.two.commit([acknowledge])]);
    expect(acknowledged.flat().reduce((sum, { notifications }) => sum + notifications, 0)).toBe(2);
    await Promise.all([at.one.commit([mark]), at.two.commit([mark])]);
    const told = (await logOf(at.one, "100")).flatMap((each) => (each.kind === "receipt" ? each.state : []));
    expect(told).toEqual(["delivered", "read"]);
    const marks = (await at.one.read("101", 0, 10)).entries.filter(({ kind }) => kind === "mark");
    expect(marks).toHaveLength(1);
  });

  it("[P38] what both let lapse at once ends once", async () => {
    await using at = await pair();
    await at.one.commit(Array.from({ length: 20 }, (_, n) => draft("100", `u${n % 5}`, `d${n}`, { ttl: 60 })));
    const lapse = { op: "lapse", at: AT + 60_000 } as const;
    await Promise.all([at.one.commit([lapse]), at.two.commit([lapse])]);
    await at.one.commit([lapse]);
    const retractions = (await at.one.read("100", 0, 100)).entries.filter(({ kind }) => kind === "retraction");
    expect(retractions).toHaveLength(20);
    for (let n = 0; n < 5; n++) expect((await at.one.read(`u${n}`, 0, 100)).entries).toHaveLength(8);
    expect(await at.two.commit([lapse])).toEqual([{ outcome: "done", growth: [], next: undefined }]);
  });
});

describe("two deployments on one Redis", { timeout: 30_000 }, () => {
  it("know nothing of each other", async () => {
    const [ours, theirs] = await Promise.all([redisPlace(server()).open(), redisPlace(server()).open()]);
    await ours.commit([draft("100", "101", "d1", { ttl: 1 })]);
    await ours.revoke({ of: "user", uid: "100", until: AT });
    expect((await theirs.read("101", 0, 10)).entries).toEqual([]);
    expect(await theirs.isRevoked({ uid: "100", issuedAt: 1, tokenId: undefined })).toBe(false);
    expect(await theirs.commit([{ op: "lapse", at: AT + 9_000 }])).toMatchObject([{ growth: [], next: undefined }]);
    expect(await theirs.commit([draft("100", "101", "d1")])).toMatchObject([{ outcome: "stored", seq: 1 }]);
    await Promise.all([ours.close(), theirs.close()]);
  });
});

describe("keys", { timeout: 30_000 }, () => {
  const keys = new Keys("carillon");

  it.each(["{a}", "a}{b", "}", "{", "#1", "$t", ":log", "%7Ba%7D", "é", "carillon"])(
    "[P5] of %s lie in one slot, which its braces decide",
    (uid) => expect(keys.user(uid)).toMatch(/^carillon:\{[^{}#$:]+\}$/u),
  );

  it("[P5] of what looks alike are different", () => {
    const uids = ["{a}", "%7Ba%7D", "a", "#1", "1", "$1", "A", "a:log", "a%3Alog"];
    const all = [
      ...uids.map((uid) => keys.user(uid)),
      keys.users(1),
      keys.notes(1),
      keys.revokedToken("1"),
      keys.revokedUser("1"),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
