import { limits } from "@carillon/protocol";
import { tutorialToken } from "@carillon/protocol/token";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestHub, type TestHub, TUTORIAL_KEY } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

type Request = { readonly type: string; readonly id: string } & Readonly<Record<string, unknown>>;

describe.each(["websocket", "stream"] as const)("over %s", (transport) => {
  let users = 0;
  const tab = (uid: string) => hub.over(transport).tab(uid);
  type Line = Awaited<ReturnType<typeof tab>>;
  const fresh = () => `${transport}'s user${++users}`;
  /** Says it, and gives what comes up to its answer. */
  async function ask(line: Line, request: Request): Promise<readonly unknown[]> {
    line.send(request);
    const heard: { readonly id?: string }[] = [];
    while (heard.at(-1)?.id !== request.id) heard.push((await line.next()) as { id?: string });
    return heard;
  }
  const written = async (author: Line, to: string, id: string, thread?: string) =>
    ask(author, { type: "send", id, to, text: `text of ${id}`, ...(thread !== undefined && { thread }) });

  it("[P53] what is put off is told to every session, and comes again when its time has come", async () => {
    const [uid, author] = [fresh(), await tab(fresh())];
    const lines = await Promise.all([tab(uid), tab(uid)]);
    await written(author, uid, "d1");
    for (const line of lines) await line.next();
    const until = Date.now() + 300;
    const [entry, done] = await ask(lines[0], { type: "snooze", id: "z", seqs: [1], until });
    expect(entry).toMatchObject({ entries: [{ kind: "snooze", seqs: [1], until }], counts: { unseen: 0, unread: 0 } });
    expect(done).toEqual({ type: "done", id: "z" });
    expect(await lines[1].next()).toEqual(entry);
    const again = { kind: "notification", seq: 3, id: "d1", wokenFrom: { seq: 1 } };
    for (const line of lines)
      expect(await line.next()).toMatchObject({ entries: [again], counts: { unseen: 1, unread: 1, asOf: 3 } });
    expect(Date.now()).toBeGreaterThanOrEqual(until);
  });

  it("[P53] [P55] a time that is over, or too far ahead, is refused, and nothing happens", async () => {
    const [uid, author] = [fresh(), await tab(fresh())];
    const line = await tab(uid);
    await written(author, uid, "d1");
    await line.next();
    for (const until of [0, -1, Date.now() - 60_000, Date.now() + limits.aheadMs + 60_000]) {
      const refused = [{ type: "refused", id: "x", code: "invalidUntil" }];
      expect(await ask(line, { type: "snooze", id: "x", seqs: [1], until })).toMatchObject(refused);
      expect(await ask(line, { type: "quiet", id: "x", until })).toMatchObject(refused);
    }
  });

  it("[P54] what is muted comes without counting, and stands in every snapshot; too much of it is refused", async () => {
    const [uid, author] = [fresh(), await tab(fresh())];
    const line = await tab(uid);
    const [entry] = await ask(line, { type: "mute", id: "u1", target: { thread: "t" }, muted: true });
    expect(entry).toEqual({
      type: "entries",
      entries: [{ kind: "mute", seq: 1, at: expect.any(Number), target: { thread: "t" }, muted: true }],
    });
    expect(await ask(line, { type: "mute", id: "u2", target: { thread: "t" }, muted: true })).toEqual([
      { type: "done", id: "u2" },
    ]);
    await written(author, uid, "d1", "t");
    expect(await line.next()).toMatchObject({ entries: [{ id: "d1", muted: true }], counts: { unseen: 0, unread: 0 } });
    const welcome = await (await hub.over(transport).line()).hello(await hub.token(uid));
    expect(welcome).toMatchObject({ snapshot: { mutes: [{ thread: "t" }] } });
    const faulty = (target: object) => ask(line, { type: "mute", id: "u3", target, muted: true });
    expect(await faulty({ thread: "" })).toMatchObject([{ code: "invalidThread" }]);
    expect(await faulty({ from: "x".repeat(129) })).toMatchObject([{ code: "invalidTarget" }]);
  });

  it("[P55] how quiet it is to be is told to every session, and stands in every snapshot", async () => {
    const uid = fresh();
    const line = await tab(uid);
    const until = Date.now() + 60_000;
    const [entry] = await ask(line, { type: "quiet", id: "q1", until });
    expect(entry).toMatchObject({ entries: [{ kind: "quiet", seq: 1, quiet: { since: 1, until } }] });
    const welcome = await (await hub.over(transport).line()).hello(await hub.token(uid));
    expect(welcome).toMatchObject({ snapshot: { quiet: { since: 1, until } } });
    const ended = { kind: "quiet", seq: 2, quiet: { since: 1, until: expect.any(Number), over: true } };
    expect(await ask(line, { type: "quiet", id: "q2" })).toMatchObject([{ entries: [ended] }, {}]);
  });

  it("[P56] what comes where somebody looks says so, until that connection looks elsewhere or is gone", async () => {
    const [uid, author] = [fresh(), await tab(fresh())];
    const [looking, other] = [await tab(uid), await tab(uid)];
    expect(await ask(looking, { type: "attend", id: "l1", threads: ["t", "u"] })).toEqual([{ type: "done", id: "l1" }]);
    const attended = async (id: string, thread?: string) => {
      await written(author, uid, id, thread);
      const { entries } = (await other.next()) as { entries: { attended?: true }[] };
      return entries[0]?.attended;
    };
    expect(await attended("d1", "t")).toBe(true);
    expect(await attended("d2", "else")).toBeUndefined();
    expect(await attended("d3")).toBeUndefined();
    expect(await ask(looking, { type: "attend", id: "l2", threads: ["u", ""] })).toMatchObject(
      Array.from({ length: 4 }, (_, n) => (n < 3 ? { type: "entries" } : { code: "invalidThread" })),
    );
    expect(await attended("d4", "t")).toBe(true);
    const { connections } = hub.census();
    looking.terminate();
    await expect.poll(() => hub.census().connections).toBe(connections - 1);
    expect(await attended("d5", "t")).toBeUndefined();
  });

  it.each([
    { type: "snooze", id: "x", seqs: Array.from({ length: limits.markedAtOnce + 1 }, (_, n) => n) },
    { type: "attend", id: "x", threads: Array.from({ length: limits.attendedThreads + 1 }, (_, n) => `${n}`) },
    { type: "mute", id: "x", muted: true },
  ])("[P3] $type with too much or too little breaks the protocol", async (request) => {
    const line = await tab("mallory");
    line.send(request);
    expect(await line.closed).toMatchObject({ code: 4500 });
  });
});

it("[T6] [P54] what is muted alerts no client of the tutorial", async () => {
  const target = await hub.tab("old");
  target.send({ type: "mute", id: "u", target: { from: "bore" }, muted: true });
  await Promise.all([target.next(), target.next()]);
  const old = await hub.tutorial(`?uid=old&token=${tutorialToken("old", TUTORIAL_KEY)}`);
  for (const uid of ["bore", "friend"]) {
    const author = await hub.tab(uid);
    author.send({ type: "send", id: "d", to: "old", text: "Hello." });
    await Promise.all([author.next(), author.next()]);
  }
  expect(await old.next()).toMatchObject({ event: "alertTip", fromUid: "friend" });
});
