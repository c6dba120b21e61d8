import { Close, limits } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tutorialToken } from "@carillon/protocol/token";
import { startTestHub, type TestHub, TUTORIAL_KEY } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

describe("watch", () => {
  it("[P45] is answered by all of them, then done; who comes is told, in either dialect", async () => {
    const watcher = await hub.tab("watcher");
    await hub.tab("present");
    watcher.send({ type: "watch", id: "w1", uids: ["present", "absent", "old-timer"] });
    expect(await watcher.next()).toEqual({
      type: "presence",
      users: [
        { uid: "present", online: true },
        { uid: "absent", online: false },
        { uid: "old-timer", online: false },
      ],
    });
    expect(await watcher.next()).toEqual({ type: "done", id: "w1" });
    await hub.tab("absent");
    expect(await watcher.next()).toEqual({ type: "presence", users: [{ uid: "absent", online: true }] });
    await hub.tutorial(`?uid=old-timer&token=${tutorialToken("old-timer", TUTORIAL_KEY)}`);
    expect(await watcher.next()).toEqual({ type: "presence", users: [{ uid: "old-timer", online: true }] });
  });

  it("[P45] a uid may be any uid: a name that objects have means nothing", async () => {
    const watcher = await hub.tab("watcher2");
    watcher.send({ type: "watch", id: "w1", uids: ["__proto__", "constructor"] });
    expect(await watcher.next()).toMatchObject({ users: [{ uid: "__proto__" }, { uid: "constructor" }] });
  });

  it("[P45] an empty list is done without a word more", async () => {
    const watcher = await hub.tab("watcher3");
    watcher.send({ type: "watch", id: "w1", uids: [] });
    expect(await watcher.next()).toEqual({ type: "done", id: "w1" });
  });

  it("[P45] of what is no uid is refused, and the former list stays", async () => {
    const watcher = await hub.tab("watcher4");
    watcher.send({ type: "watch", id: "w1", uids: ["coming"] });
    await watcher.next();
    await watcher.next();
    watcher.send({ type: "watch", id: "w2", uids: ["101", ""] });
    expect(await watcher.next()).toMatchObject({ type: "refused", id: "w2", code: "invalidTarget" });
    await hub.tab("coming");
    expect(await watcher.next()).toEqual({ type: "presence", users: [{ uid: "coming", online: true }] });
  });

  it("[P45] of as many as allowed, with the longest names, fits its frame", async () => {
    const watcher = await hub.tab("watcher5");
    const uids = Array.from({ length: limits.watchedUsers }, (_, n) => `${n}`.padEnd(limits.uidBytes, '"'));
    watcher.send({ type: "watch", id: "w1", uids });
    expect(await watcher.next()).toEqual({ type: "presence", users: uids.map((uid) => ({ uid, online: false })) });
  });

  it.each([
    ["of too many", { uids: Array.from({ length: limits.watchedUsers + 1 }, (_, n) => `${n}`) }],
    ["of numbers", { uids: [101] }],
    ["of nothing", {}],
  ])("[P3] %s breaks the protocol", async (_what, uids) => {
    const line = await hub.tab("mallory");
    line.send({ type: "watch", id: "w1", ...uids });
    expect(await line.closed).toMatchObject({ code: Close.badFrame.code });
  });
});
