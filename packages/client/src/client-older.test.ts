import { type Down, limits, type Notification, type Up } from "@carillon/protocol";
import { describe, expect, test } from "vitest";
import type { Line } from "./testing/line.ts";
import { HOME, Page } from "./testing/page.ts";
import { notification } from "./testing/states.ts";
import { VIEW_LIMIT } from "./view/view.ts";

const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => notification(first + i));
const position = { ...HOME, seq: 100 };
const newest = { notifications: from(51, limits.snapshotItems), acked: 100 };
const idOf = ([asked]: readonly Up[]) => (asked?.type === "page" ? asked.id : "");
const pageOf = (line: Line, items: readonly Notification[], end = false): Down => ({
  type: "page",
  id: idOf(line.heard()),
  items: [...items],
  end,
});
const seqs = (page: Page) => page.view?.notifications.map(({ seq }) => seq);

describe("older history", () => {
  test("[P27] is asked for before the oldest that is here, and stands before it when the promise resolves", async () => {
    const page = new Page();
    const line = await page.online(newest, position);
    expect(page.view?.complete).toEqual({ notification: false, sent: true, archived: false });
    const older = page.client.older("notification");
    const asked = line.heard();
    expect(asked).toMatchObject([{ type: "page", of: "notification", before: 51, limit: limits.pageItems }]);
    line.say({ type: "page", id: idOf(asked), items: from(41, 10), end: false });
    await older;
    expect(seqs(page)).toEqual(from(41, limits.snapshotItems + 10).map(({ seq }) => seq));
  });

  test("[P27] rings nobody, and is complete at its end; then nothing more is asked", async () => {
    const page = new Page();
    const line = await page.online(newest, position);
    const older = page.client.older("notification");
    line.say(pageOf(line, from(41, 10), true));
    await older;
    expect(page.rung).toEqual([]);
    expect(page.view?.complete.notification).toBe(true);
    await page.client.older("notification");
    await page.client.older("sent");
    expect(line.heard()).toEqual([]);
  });

  test("[P27] is asked for once at a time: who asks meanwhile gets the same answer", async () => {
    const page = new Page();
    const line = await page.online(newest, position);
    const both = Promise.all([page.client.older("notification"), page.client.older("notification")]);
    const frames = line.heard();
    expect(frames).toHaveLength(1);
    line.say({ type: "page", id: idOf(frames), items: [], end: true });
    await both;
  });

  test("[P27] that was read before entries which came first is shown as it stands after them", async () => {
    const page = new Page();
    const line = await page.online(newest, position);
    const older = page.client.older("notification");
    const answer = pageOf(line, from(41, 10));
    line.say({
      type: "entries",
      entries: [
        { kind: "mark", seq: 101, at: 1, mark: "read", target: { seqs: [50] } },
        { kind: "retraction", seq: 102, at: 1, from: "100", to: "me", id: "id-49" },
        { kind: "trim", seq: 103, at: 1, upTo: 45 },
      ],
    });
    line.say(answer);
    await older;
    expect(seqs(page)?.slice(0, 5)).toEqual([46, 47, 48, 50, 51]);
    expect(page.view?.notifications[3]).toMatchObject({ seq: 50, read: true });
    expect(page.view?.complete.notification).toBe(true);
  });
});

describe("older history that cannot be had", () => {
  test("[P27] without a connection", async () => {
    const page = new Page();
    await expect(page.client.older("notification")).rejects.toThrow("There is no connection.");
  });

  test("[P27] because the connection is lost before it comes, and can be asked for again", async () => {
    const page = new Page();
    const line = await page.online(newest, position);
    const older = page.client.older("notification");
    const late = pageOf(line, from(41, 10));
    line.hangUp(1006);
    await expect(older).rejects.toThrow("The connection is gone.");
    page.client.retry();
    const next = await page.online(newest, position);
    next.say(late);
    expect(seqs(page)?.[0]).toBe(51);
    const again = page.client.older("notification");
    next.say(pageOf(next, from(41, 10)));
    await again;
    expect(seqs(page)?.[0]).toBe(41);
  });

  test("[P27] because the hub refuses, and nothing else is refused with it", async () => {
    const page = new Page();
    const line = await page.online(newest, position);
    const older = page.client.older("notification");
    const id = idOf(line.heard());
    line.say({ type: "refused", id, code: "unavailable", message: "The log cannot serve now.", retryAfter: 500 });
    await expect(older).rejects.toThrow("The log cannot serve now.");
    expect(page.refused).toEqual([]);
  });

  test("[P27] because so much comes that the view has moved on: nothing is missing between two items", async () => {
    const page = new Page();
    const line = await page.online(newest, position);
    line.say({ type: "entries", entries: from(101, VIEW_LIMIT) });
    const older = page.client.older("notification");
    const [first = 0] = seqs(page) ?? [];
    const id = idOf(line.heard().filter(({ type }) => type === "page"));
    line.say({ type: "entries", entries: from(101 + VIEW_LIMIT, 60) });
    expect(seqs(page)?.[0]).toBeGreaterThan(first);
    line.say({ type: "page", id, items: from(first - 50, 50), end: false });
    await expect(older).rejects.toThrow("Too much came meanwhile.");
  });

  test("[P27] because more comes meanwhile than a client keeps in mind", async () => {
    const page = new Page();
    const line = await page.online(newest, position);
    const older = page.client.older("notification");
    for (let seq = 101; seq <= 101 + limits.recoveryEntries; seq++)
      line.say({ type: "entries", entries: [notification(seq)] });
    await expect(older).rejects.toThrow("Too much came meanwhile.");
  });
});
