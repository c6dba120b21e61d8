import type { Down, Entry, Notification, QuietTime, Up } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import type { Line } from "./testing/line.ts";
import { afresh, HOME, Page, resumed } from "./testing/page.ts";
import { notification, NOW } from "./testing/states.ts";

const at = (seq: number) => ({ ...HOME, seq });
const entries = (...all: Entry[]): Down => ({ type: "entries", entries: all });
const quietEntry = (seq: number, quiet: QuietTime): Entry => ({ kind: "quiet", seq, at: 1, quiet });
const high = (seq: number): Notification => ({ ...notification(seq), priority: "high" });
const requests = (line: Line) => line.heard().filter((up): up is Extract<Up, { id: string }> => "id" in up);
const refused = (line: Line, code: string) =>
  line.say({ type: "refused", id: requests(line)[0]?.id ?? "", code, message: "…" });

/** A page that takes together what it missed; what rang, each ring with its seqs and what it was missed for. */
function collecting() {
  const rings: (readonly [why: string, ...seqs: number[]])[] = [];
  const page = new Page({
    onNotification: ({ seq }) => rings.push(["live", seq]),
    onMissed: (notifications, meanwhile) => rings.push([meanwhile, ...notifications.map(({ seq }) => seq)]),
  });
  return { page, rings };
}

describe("what a user wants is shown at once, and taken back if it is refused", () => {
  test("[P53] what is put off", async () => {
    const page = new Page();
    const line = await page.online({ notifications: [notification(1), notification(2)], acked: 2 }, at(2));
    page.client.snooze([2, 2], NOW + 5);
    expect(page.view?.notifications[1]).toMatchObject({ snoozedUntil: NOW + 5 });
    const [request] = requests(line);
    expect(request).toMatchObject({ type: "snooze", seqs: [2], until: NOW + 5 });
    line.say({ type: "refused", id: request?.id ?? "", code: "invalidUntil", message: "…" });
    expect(page.view?.notifications[1]).toEqual(notification(2));
    expect(page.refused).toMatchObject([[{ type: "snooze" }, { code: "invalidUntil" }]]);
    page.client.snooze([2]);
    expect(requests(line)).toMatchObject([{ type: "snooze", seqs: [2] }]);
  });

  test("[P54] what is muted, in order", async () => {
    const page = new Page();
    const line = await page.online({ mutes: [{ thread: "a" }] });
    page.client.mute({ from: "102" }, true);
    expect(page.view?.mutes).toEqual([{ thread: "a" }, { from: "102" }]);
    refused(line, "tooManyMutes");
    expect(page.view?.mutes).toEqual([{ thread: "a" }]);
    line.say(entries({ kind: "mute", seq: 1, at: 1, target: { thread: "a" }, muted: false }));
    expect(page.view?.mutes).toEqual([]);
  });

  test("[P55] how quiet it is to be: nothing rings from that moment on", async () => {
    const { page, rings } = collecting();
    const line = await page.online();
    page.client.quiet(NOW + 1_000);
    expect(page.view?.quiet).toEqual({ since: 0, until: NOW + 1_000 });
    line.say(entries(notification(1)));
    expect(rings).toEqual([]);
    refused(line, "unavailable");
    expect(page.view?.quiet).toBeUndefined();
    expect(rings).toEqual([["quiet", 1]]);
  });

  test("[P52] what is archived, and what stands further back of it", async () => {
    const page = new Page();
    const line = await page.online({ notifications: [notification(1)], acked: 1 }, at(1));
    page.client.mark("archived", { seqs: [1] });
    expect(page.view?.archived).toEqual(page.view?.notifications);
    expect(page.view?.archived).toMatchObject([{ seen: true, archived: true }]);
    refused(line, "unavailable");
    expect(page.view?.archived).toEqual([]);
  });
});

describe("while it is quiet", () => {
  const QUIET = { since: 1, until: NOW + 20_000 }; // Sooner than a silent connection is taken for dead.

  test("[P55] only what is of high priority rings; the rest is told together when its time is over", async () => {
    const { page, rings } = collecting();
    const line = await page.online({ quiet: QUIET }, at(1));
    line.say(
      entries(notification(2), high(3), { ...notification(4), priority: "low" }, { ...notification(5), muted: true }),
    );
    line.say(entries(notification(6), { kind: "mark", seq: 7, at: 1, mark: "seen", target: { seqs: [6] } }));
    expect(rings).toEqual([["live", 3]]);
    page.clock.pass(19_999);
    expect(rings).toEqual([["live", 3]]);
    page.clock.pass(1);
    line.say(entries(notification(8)));
    expect(rings).toEqual([
      ["live", 3],
      ["quiet", 2],
      ["live", 8],
    ]);
  });

  test("[P55] or when somebody ends it; what comes with that end rings by itself", async () => {
    const { page, rings } = collecting();
    const line = await page.online({ quiet: QUIET }, at(1));
    line.say(entries(notification(2)));
    const over = { ...QUIET, until: NOW + 60_000, over: true } as const; // Also where its clock is a minute behind.
    line.say(entries(notification(3), quietEntry(4, over), notification(5)));
    expect(rings).toEqual([
      ["quiet", 2],
      ["live", 3],
      ["live", 5],
    ]);
  });

  test("[P55] prolonged, it is one", async () => {
    const { page, rings } = collecting();
    const line = await page.online({ quiet: QUIET }, at(1));
    line.say(entries(notification(2), quietEntry(3, { since: 1, until: NOW + 25_000 })));
    page.clock.pass(20_000);
    expect(rings).toEqual([]);
    page.clock.pass(5_000);
    expect(rings).toEqual([["quiet", 2]]);
  });

  test("[P55] what was missed is told once, when it is over", async () => {
    const { page, rings } = collecting();
    const line = await page.online({ quiet: QUIET }, at(1));
    line.hangUp(1006);
    page.clock.pass(250);
    const next = await page.welcomed(resumed(at(1), 3));
    next.say(entries(notification(2), high(3)));
    expect(rings).toEqual([["away", 3]]);
    page.clock.pass(20_000);
    expect(rings).toEqual([
      ["away", 3],
      ["quiet", 2],
    ]);
  });

  test("[P55] one that was over before this client began is nobody's news", async () => {
    const { page, rings } = collecting();
    const over = { since: 1, until: NOW };
    await page.online({ quiet: over, notifications: [notification(2), notification(3)], acked: 2 }, at(3));
    expect(rings).toEqual([["away", 3]]);
  });

  test("[P55] a client that is stopped tells nothing, and leaves no timer", async () => {
    const { page, rings } = collecting();
    const line = await page.online({ quiet: QUIET }, at(1));
    line.say(entries(notification(2)));
    page.client.stop();
    expect(page.clock.pending).toBe(0);
    page.clock.pass(20_000);
    expect(rings).toEqual([]);
  });
});

describe("what rings", () => {
  const woken: Notification = { ...notification(4), id: "id-1", wokenFrom: { seq: 1, at: NOW } };

  test("[P53] what comes again, once more; of a snapshot too", async () => {
    const { page, rings } = collecting();
    const line = await page.online({ notifications: [notification(1)], acked: 1 }, at(3));
    line.say(entries(woken));
    expect(rings).toEqual([["live", 4]]);
    expect(page.view?.notifications.map(({ seq }) => seq)).toEqual([4]);
    line.hangUp(1006);
    page.clock.pass(250);
    await page.welcomed(
      afresh({ notifications: [{ ...woken, seq: 9, wokenFrom: { seq: 4, at: NOW } }], acked: 4 }, at(9)),
    );
    expect(rings).toEqual([
      ["live", 4],
      ["away", 9],
    ]);
  });

  test("[P52] [P53] [P54] not what is archived, put off or muted by then", async () => {
    const { page, rings } = collecting();
    const still: Notification[] = [
      { ...notification(1), archived: true },
      { ...notification(2), snoozedUntil: NOW + 5 },
      { ...notification(3), muted: true },
    ];
    await page.online({ notifications: still }, at(3));
    expect(rings).toEqual([]);
  });
});

describe("attention", () => {
  const here = (seq: number, attended?: true): Notification => ({
    ...notification(seq),
    thread: "t",
    ...(attended && { attended }),
  });

  test("[P56] is said at once, and on every connection that follows", async () => {
    const page = new Page();
    const line = await page.online();
    page.client.attend(["t", "t"]);
    expect(requests(line)).toMatchObject([{ type: "attend", threads: ["t"] }]);
    line.hangUp(1006);
    page.clock.pass(250);
    const next = await page.welcomed(resumed());
    expect(requests(next)).toMatchObject([{ type: "attend", threads: ["t"] }]);
    page.client.attend([]);
    expect(requests(next)).toMatchObject([{ type: "attend", threads: [] }]);
    expect(() => page.client.attend(Array.from({ length: 17 }, (_, n) => `${n}`))).toThrow(TypeError);
  });

  test("[P56] who looks sees it: marked at once, and without a bell", async () => {
    const { page, rings } = collecting();
    const line = await page.online();
    page.client.attend(["t"]);
    requests(line);
    line.say(entries(here(1, true)));
    expect(requests(line)).toMatchObject([{ type: "mark", mark: "seen", target: { seqs: [1] } }]);
    expect(page.view?.notifications).toMatchObject([{ seen: true }]);
    line.say(entries({ ...notification(2), thread: "other" }, here(3)));
    expect(rings).toEqual([
      ["live", 2],
      ["live", 3],
    ]);
  });

  test("[P56] in another tab it does not ring either, and is not marked", async () => {
    const { page, rings } = collecting();
    const line = await page.online();
    line.say(entries(here(1, true)));
    expect(requests(line)).toEqual([]);
    expect(rings).toEqual([]);
  });

  test("[P56] what was missed rings, attended or not, and is not marked", async () => {
    const { page, rings } = collecting();
    const line = await page.online();
    page.client.attend(["t"]);
    line.hangUp(1006);
    page.clock.pass(250);
    const next = await page.welcomed(resumed(at(0), 2));
    requests(next);
    next.say(entries(here(1, true), { ...here(2, true), seen: true }));
    expect(rings).toEqual([["away", 1]]);
    expect(requests(next)).toEqual([]);
  });
});
