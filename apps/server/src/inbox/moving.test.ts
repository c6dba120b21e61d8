import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Change, Inbox, Revocations } from "../hub/ports.ts";
import { temporaryPlace } from "../testing/place.ts";
import { redisForAll } from "../testing/redis-place.ts";
import { AT, draft } from "./contract/bench.ts";
import { DifferentCopy, moveAll, type MovedLog, type MovingTarget } from "./moving.ts";
import { openRedisInbox } from "./redis/inbox.ts";
import { RedisMoving } from "./redis/moving.ts";
import { openSqliteInbox } from "./sqlite/inbox.ts";
import { SqliteMoving } from "./sqlite/moving.ts";
import { entryIn } from "../hub/written.ts";
import { logOf } from "../testing/log-of.ts";

const server = redisForAll();
let place: Awaited<ReturnType<typeof temporaryPlace>>;
beforeAll(async () => {
  place = await temporaryPlace();
});
afterAll(() => place.remove());

const BOUNDS = { mostEntries: 30 };
const USERS = ["100", "101", "a}{b:c", "é 👩", "quiet", "long", "only-reads", "#1", "app"];
const FUTURE = Date.now() + 86_400_000;

describe("an installation that is moved", { timeout: 60_000 }, () => {
  it.each(["sqlite", "redis"] as const)(
    "[P7] [P12] [P25] [P29] from %s to the other store and back is what it was, in a new epoch",
    async (first) => {
      const store = ends();
      const there =
        first === "sqlite" ? ([store.sqlite, store.redis] as const) : ([store.redis, store.sqlite] as const);
      const before = await there[0].inbox();
      await live(before);
      const told = await everythingOf(before);
      const epoch = (await before.open("101", { from: "snapshot" })).position.epoch;
      await before.close();

      await move(there[0], there[1]);
      const moved = await there[1].inbox();
      expect(await everythingOf(moved)).toEqual(told);
      expect((await moved.open("101", { from: "snapshot" })).position.epoch).not.toBe(epoch);
      await moved.close();

      const back = first === "sqlite" ? ends().sqlite : ends().redis;
      await move(there[1], back);
      const again = await back.inbox();
      expect(await everythingOf(again)).toEqual(told);
      await goesOn(again);
      await again.close();
    },
  );

  it("is refused where anything of it came out otherwise", async () => {
    const { sqlite, redis } = ends();
    const before = await sqlite.inbox();
    await live(before);
    await before.close();
    for (const spoil of [
      (uid: string) => uid === "101" && { acked: 0 },
      (uid: string) => uid === "quiet" && { quiet: undefined },
      (uid: string) => uid === "101" && { mutes: [] },
      (uid: string) => uid === "long" && { unread: 999 },
    ]) {
      const source = await sqlite.end();
      const target = await redis.end("target");
      const spoilt: MovingTarget = Object.assign(Object.create(target) as MovingTarget, {
        finish: (uid: string, log: MovedLog) => target.finish(uid, { ...log, ...spoil(uid) }),
        begin: (uid: string) => target.begin(uid),
        write: (...args: Parameters<MovingTarget["write"]>) => target.write(...args),
        revoke: (...args: Parameters<MovingTarget["revoke"]>) => target.revoke(...args),
        users: (...args: Parameters<MovingTarget["users"]>) => target.users(...args),
        log: (...args: Parameters<MovingTarget["log"]>) => target.log(...args),
        rows: (...args: Parameters<MovingTarget["rows"]>) => target.rows(...args),
        revocations: () => target.revocations(),
      });
      await expect(moveAll(source, spoilt)).rejects.toThrow(DifferentCopy);
      source.close();
      target.close();
    }
  });
});

/** One of either kind, empty; `end` opens it for a move, and takes what a move that broke off has left. */
function ends() {
  const prefix = `moving-${crypto.randomUUID()}`;
  const file = join(place.path, `${prefix}.db`);
  const redis = {
    inbox: () => openRedisInbox({ url: server().url, prefix, ...BOUNDS }),
    end: async (as: "source" | "target" = "target") => {
      const end = await RedisMoving.open({ url: server().url, prefix, patience: 2_000 });
      await end.reserve(as);
      return end;
    },
    done: async () => {
      const end = await RedisMoving.open({ url: server().url, prefix, patience: 2_000 });
      await end.release();
      end.close();
    },
  };
  const sqlite = {
    inbox: () => openSqliteInbox({ file, onFatal: () => {}, ...BOUNDS }),
    end: async (_as?: string) => new SqliteMoving(file),
    done: async () => {},
  };
  return { sqlite, redis };
}

type End = ReturnType<typeof ends>["sqlite" | "redis"];

async function move(from: End, to: End) {
  const [source, target] = [await from.end("source"), await to.end("target")];
  const moved = await moveAll(source, target);
  source.close();
  target.close();
  await Promise.all([from.done(), to.done()]);
  expect(moved).toMatchObject({ users: USERS.length, revocations: 3 });
}

/** Something of everything that can happen to a log. */
async function live(inbox: Inbox & Revocations): Promise<void> {
  const all: readonly Change[] = [
    draft("100", "101", "plain"),
    draft("100", "101", "rich", {
      url: "/x",
      thread: "t",
      data: { n: 1e21, empty: [], deep: { é: "\u2028" } },
      priority: "high",
    }),
    draft("100", "101", "edited"),
    { op: "edit", from: "100", id: "edited", text: "once", at: AT + 1 },
    { op: "edit", from: "100", id: "edited", text: "twice", at: AT + 2 },
    draft("100", "101", "gone"),
    { op: "edit", from: "100", id: "gone", text: "soon gone", at: AT + 2 },
    { op: "retract", from: "100", id: "gone", at: AT + 3 },
    draft("100", "101", "lives", { ttl: 86_400 }),
    draft("100", "101", "lapses", { ttl: 1 }),
    draft("100", "101", "wakes"),
    draft("100", "101", "sleeps"),
    { op: "snooze", uid: "101", seqs: [7], until: AT + 2_000, at: AT + 4 },
    { op: "lapse", at: AT + 5_000 },
    { op: "mute", uid: "101", target: { thread: "a:b" }, muted: true, at: AT + 6_000 },
    { op: "mute", uid: "101", target: { from: "é 👩" }, muted: true, at: AT + 6_000 },
    draft("é 👩", "101", "muted"),
    draft("a}{b:c", "a}{b:c", "to myself"),
    { op: "edit", from: "a}{b:c", id: "to myself", text: "and back", at: AT + 6_001 },
    { op: "quiet", uid: "quiet", until: FUTURE, at: AT },
    { op: "acknowledge", reached: [{ uid: "101", seq: 6 }], at: AT + 7_000 },
    { op: "mark", uid: "101", mark: "read", target: { seqs: [1] }, withhold: false, at: AT + 8_000 },
    { op: "mark", uid: "101", mark: "seen", target: { upTo: 3 }, withhold: true, at: AT + 8_000 },
    { op: "mark", uid: "101", mark: "archived", target: { seqs: [2] }, withhold: false, at: AT + 8_000 },
    ...Array.from({ length: 80 }, (_, n) => draft("app", "long", `long${n}`)),
    draft("#1", "long", "last"),
  ];
  for (const change of all) await inbox.commit([change]);
  const entries = await logOf(inbox, "101");
  const asleep = entries.find((entry) => entry.kind === "notification" && entry.id === "sleeps")?.seq ?? 0;
  await inbox.commit([{ op: "snooze", uid: "101", seqs: [asleep], until: FUTURE, at: AT + 9_000 }]);
  await inbox.commit([{ op: "quiet", uid: "only-reads", until: AT + 1, at: AT }]);
  await inbox.revoke({ of: "user", uid: "nobody-here {x}", until: AT });
  await inbox.revoke({ of: "token", tokenId: "$t:1", expiresAt: undefined });
  await inbox.revoke({ of: "token", tokenId: "t2", expiresAt: FUTURE });
}

async function everythingOf(inbox: Inbox & Revocations) {
  const logs = await Promise.all(
    USERS.map(async (uid) => {
      const { counts } = await inbox.read(uid, 0, 1);
      const entries = await logOf(inbox, uid);
      const kept = (await inbox.read(uid, Math.max(0, counts.asOf - 20), 1_000)).entries.map(entryIn);
      const { snapshot } = await inbox.open(uid, { from: "snapshot" });
      const archived = await inbox.page(uid, "archived", 1_000, 100);
      return { uid, entries, kept, counts, snapshot, archived, drafts: await inbox.drafts(uid, "", "", 100) };
    }),
  );
  const revoked = await Promise.all(
    [
      { uid: "nobody-here {x}", issuedAt: AT, tokenId: undefined },
      { uid: "nobody-here {x}", issuedAt: AT + 1, tokenId: undefined },
      { uid: "1", issuedAt: AT, tokenId: "$t:1" },
      { uid: "1", issuedAt: AT, tokenId: "t2" },
    ].map((bearing) => inbox.isRevoked(bearing)),
  );
  expect(revoked).toEqual([true, false, true, true]);
  return logs;
}

/** What was sent before is known, and what was due is due. */
async function goesOn(inbox: Inbox): Promise<void> {
  expect(await inbox.commit([draft("100", "101", "plain")])).toMatchObject([{ outcome: "duplicate", seq: 1 }]);
  expect(await inbox.commit([{ ...draft("100", "101", "plain"), text: "other" }])).toEqual([{ outcome: "conflict" }]);
  const [lapsed] = await inbox.commit([{ op: "lapse", at: FUTURE + 1 }]);
  const kinds = lapsed?.growth.flatMap(({ uid, entries }) => entries.map(({ kind }) => `${uid} ${kind}`));
  expect(kinds?.toSorted()).toEqual(["100 retraction", "101 notification", "101 retraction"]);
  const marked = { op: "mark", uid: "101", mark: "read", target: { upTo: 100 }, withhold: false, at: FUTURE } as const;
  const [done] = await inbox.commit([marked]);
  expect(done?.growth.map(({ uid }) => uid)).toContain("100");
  const edited = await inbox.commit([{ op: "edit", from: "100", id: "wakes", text: "awake", at: FUTURE }]);
  expect(edited).toMatchObject([{ outcome: "done", growth: [{ uid: "101" }, { uid: "100" }] }]);
}
