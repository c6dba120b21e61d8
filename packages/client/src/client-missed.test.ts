import type { Entry, Notification } from "@carillon/protocol";
import { expect, test } from "vitest";
import { afresh, HOME, Page, resumed } from "./testing/page.ts";
import { notification } from "./testing/states.ts";

/** A page that takes what it missed together: what rang, each ring with its seqs. */
function collecting() {
  const rings: number[][] = [];
  const page = new Page({
    onNotification: ({ seq }) => rings.push([seq]),
    onMissed: (notifications) => rings.push(notifications.map(({ seq }) => seq)),
  });
  return { page, rings };
}

const at = (seq: number) => ({ ...HOME, seq });
const stretch = (first: number, last: number): Notification[] =>
  Array.from({ length: last - first + 1 }, (_, n) => notification(first + n));
const entries = (...all: Entry[]) => ({ type: "entries", entries: all }) as const;

/** Cut after seq 1, back where the log has reached `head`. */
async function backAt(head: number) {
  const { page, rings } = collecting();
  const first = await page.online();
  first.say(entries(notification(1)));
  first.hangUp(1006);
  page.clock.pass(250);
  const line = await page.welcomed(resumed(at(1), head));
  return { page, rings, line };
}

test("[P47] what was missed rings together once all of it is here; what comes after rings by itself", async () => {
  const { rings, line } = await backAt(130);
  line.say(entries(...stretch(2, 65)));
  line.say(entries(...stretch(66, 129)));
  expect(rings).toEqual([[1]]);
  line.say(entries(...stretch(130, 131)));
  line.say(entries(notification(132)));
  expect(rings).toEqual([[1], stretch(2, 130).map(({ seq }) => seq), [131], [132]]);
});

test("[P47] with nothing missed, nothing rings together", async () => {
  const { rings, line } = await backAt(1);
  line.say(entries(notification(2)));
  expect(rings).toEqual([[1], [2]]);
});

test("[P47] what a snapshot brings was missed too", async () => {
  const { page, rings } = collecting();
  await page.online({ notifications: stretch(1, 5), acked: 2 }, at(5));
  expect(rings).toEqual([[3, 4, 5]]);
});

test("[P15] what a later entry takes back or marks, or what is cut off, rings as it stands then", async () => {
  const { rings, line } = await backAt(6);
  line.say(entries(...stretch(2, 4)));
  line.say(entries({ kind: "retraction", seq: 5, from: "100", to: "101", id: notification(3).id, at: 1 }));
  expect(rings).toEqual([[1]]);
  line.hangUp(1006);
  expect(rings).toEqual([[1], [2, 4]]);
});

test("[P15] and none of it again on the next connection", async () => {
  const { page, rings, line } = await backAt(6);
  line.say(entries(...stretch(2, 4)));
  line.hangUp(1006);
  page.clock.pass(500);
  const next = await page.welcomed(afresh({ notifications: stretch(1, 6) }, at(6)));
  next.say(entries(notification(7)));
  expect(rings).toEqual([[1], [2, 3, 4], [5, 6], [7]]);
});

test("[P47] a page that does not take them together hears of each, in order", async () => {
  const page = new Page();
  await page.online({ notifications: stretch(1, 3) }, at(3));
  expect(page.rung.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("[P47] a page is told where a snapshot holds only the newest of what was missed", async () => {
  const told: (readonly [count: number, isAll: boolean])[] = [];
  const told30 = async (acked: number) => {
    const page = new Page({ onMissed: ({ length }, _meanwhile, isAll) => told.push([length, isAll]) });
    await page.online({ notifications: stretch(71, 100), acked }, at(100));
  };
  for (const acked of [0, 69, 70, 90]) await told30(acked);
  expect(told).toEqual([
    [30, false],
    [30, false],
    [30, true],
    [10, true],
  ]);
});
