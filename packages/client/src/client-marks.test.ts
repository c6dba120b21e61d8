import type { Down, Mark } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import { localOutbox } from "./outbox/store.ts";
import type { Line } from "./testing/line.ts";
import { afresh, HOME, Page, resumed } from "./testing/page.ts";
import { notification } from "./testing/states.ts";
import { FakeStorage } from "./testing/storage.ts";

const at = (seq: number) => ({ ...HOME, seq });
const two = { notifications: [notification(1), notification(2)], acked: 2 };
const refusal = { code: "unavailable", message: "The log cannot serve now." };
const readEntry = (seq: number): Mark => ({ kind: "mark", seq, at: 1, mark: "read", target: { seqs: [1] } });
const readOf = (page: Page) => page.view?.notifications.map(({ read }) => read === true);
const marksOf = (line: Line) => line.heard().flatMap((up) => (up.type === "mark" ? [up] : []));
const idOf = (line: Line) => marksOf(line)[0]?.id ?? "";

describe("a mark", () => {
  test("[P23] is shown at once and goes out at once; the counts wait for the hub", async () => {
    const page = new Page();
    const line = await page.online(two, at(2));
    page.client.mark("read", { seqs: [1] });
    expect(readOf(page)).toEqual([true, false]);
    expect(page.view?.counts).toEqual({ unseen: 0, unread: 0, asOf: 2 });
    expect(marksOf(line)).toEqual([
      { type: "mark", id: expect.stringMatching(/^[\w-]{1,64}$/), mark: "read", target: { seqs: [1] } },
    ]);
  });

  test("[P23] does not flicker: neither when its entry comes before the answer, nor with the answer", async () => {
    const page = new Page();
    const line = await page.online(two, at(2));
    page.client.mark("read", { seqs: [1] });
    const id = idOf(line);
    const shown = page.view?.notifications;
    line.say({ type: "entries", entries: [readEntry(3)], counts: { unseen: 1, unread: 1, asOf: 3 } });
    expect(page.view?.notifications).toEqual(shown);
    expect(page.view?.counts).toEqual({ unseen: 1, unread: 1, asOf: 3 });
    const views = page.views.length;
    line.say({ type: "done", id });
    expect(page.views).toHaveLength(views);
  });

  test("[P23] that the hub refuses falls away, and the application hears of it when that is shown", async () => {
    const shown: unknown[] = [];
    const page: Page = new Page({
      onRefused: ({ type }, { code }) => shown.push(type, code, readOf(page)),
    });
    const line = await page.online(two, at(2));
    page.client.mark("read", { seqs: [1] });
    line.say({ type: "refused", id: idOf(line), ...refusal });
    expect(shown).toEqual(["mark", "unavailable", [false, false]]);
  });

  test("[P11] that is refused for now stays, and goes out again by its id; what comes after waits for it", async () => {
    const page = new Page();
    const line = await page.online(two, at(2));
    page.client.mark("read", { seqs: [1] });
    const id = idOf(line);
    page.client.mark("unread", { seqs: [1] });
    line.say({ type: "refused", id, ...refusal, retryAfter: 400 });
    expect(page.refused).toEqual([]);
    page.clock.pass(399);
    expect(line.heard()).toEqual([]);
    page.clock.pass(1);
    expect(marksOf(line)).toMatchObject([{ id, mark: "read" }]);
    line.say({ type: "done", id });
    expect(marksOf(line)).toMatchObject([{ mark: "unread" }]);
  });

  test("[P23] means what the user can see: up to a seq beyond the log is up to the log's end", async () => {
    const page = new Page();
    const line = await page.online(two, at(2));
    page.client.mark("read", { upTo: 999 });
    expect(marksOf(line)).toMatchObject([{ target: { upTo: 2 } }]);
    line.say({ type: "entries", entries: [notification(3)] });
    expect(readOf(page)).toEqual([true, true, false]);
  });

  test("[P23] of more than one request may name goes out as several, of none not at all", async () => {
    const page = new Page();
    const line = await page.online(two, at(2));
    page.client.mark("seen", { seqs: Array.from({ length: 201 }, (_, i) => i + 1) });
    const id = idOf(line);
    line.say({ type: "done", id });
    expect(marksOf(line)).toMatchObject([{ target: { seqs: [201] } }]);
    page.client.mark("seen", { seqs: [] });
    expect(line.heard()).toEqual([]);
  });

  test("[P3] that would break the protocol is a bug of the page: it throws, and harms no connection", async () => {
    const page = new Page();
    const line = await page.online(two, at(2));
    expect(() => page.client.mark("read", { seqs: [0.5] })).toThrow(TypeError);
    expect(() => page.client.mark("read", { upTo: Number.NaN })).toThrow(TypeError);
    expect(line.heard()).toEqual([]);
    page.client.mark("read", { seqs: [1] });
    expect(marksOf(line)).toHaveLength(1);
  });
});

describe("marks that wait", () => {
  test("[P23] while another is on its way become one", async () => {
    const page = new Page();
    const line = await page.online(two, at(2));
    page.client.mark("seen", { seqs: [1] });
    const id = idOf(line);
    page.client.mark("seen", { seqs: [2] });
    page.client.mark("seen", { seqs: [3, 2] });
    expect(line.heard()).toEqual([]);
    line.say({ type: "done", id });
    expect(marksOf(line)).toMatchObject([{ target: { seqs: [2, 3] } }]);
  });

  test("[P12] go out again by the same id after a cut, and after a reload, and are shown meanwhile", async () => {
    const storage = new FakeStorage();
    const before = new Page({ outbox: localOutbox("100", storage) });
    const line = await before.online(two, at(2));
    before.client.mark("read", { seqs: [1] });
    const id = idOf(line);
    line.hangUp(1006);
    before.clock.pass(250);
    expect(idOf(await before.welcomed(resumed(at(2))))).toBe(id);

    const after = new Page({ outbox: localOutbox("100", storage) });
    const next = await after.online(two, at(2));
    expect(readOf(after)).toEqual([true, false]);
    expect(idOf(next)).toBe(id);
    next.say({ type: "done", id });
    expect(storage.length).toBe(0);
  });

  test("[P29] in another incarnation of the store mean nothing: they are neither shown nor sent", async () => {
    const page = new Page();
    const line = await page.online(two, at(2));
    page.client.mark("read", { seqs: [1] });
    line.hangUp(1006);
    page.clock.pass(250);
    const next = await page.welcomed(afresh(two, { epoch: "restored", seq: 2 }));
    expect(readOf(page)).toEqual([false, false]);
    expect(next.heard()).toEqual([]);
  });
});

describe("counts", () => {
  const welcome: Down = { ...afresh(two, at(2)), counts: { unseen: 5, unread: 7, asOf: 2 } } as Down;

  test("[P25] come with the welcome, and older ones are ignored", async () => {
    const page = new Page();
    page.client.start();
    const line = await page.welcomed(welcome);
    expect(page.view?.counts).toEqual({ unseen: 5, unread: 7, asOf: 2 });
    line.say({ type: "entries", entries: [notification(3)], counts: { unseen: 6, unread: 8, asOf: 4 } });
    line.say({ type: "entries", entries: [notification(4)], counts: { unseen: 1, unread: 1, asOf: 3 } });
    expect(page.view?.counts).toEqual({ unseen: 6, unread: 8, asOf: 4 });
  });

  test("[P25] come with a welcome that resumes, too", async () => {
    const page = new Page();
    (await page.online(two, at(2))).hangUp(1006);
    page.clock.pass(250);
    await page.welcomed({ ...resumed(at(2)), counts: { unseen: 0, unread: 1, asOf: 9 } } as Down);
    expect(page.view?.counts).toEqual({ unseen: 0, unread: 1, asOf: 9 });
  });
});
