import { describe, expect, test } from "vitest";
import { afresh, HOME, Page, resumed } from "./testing/page.ts";
import { notification } from "./testing/states.ts";

const at = (seq: number) => ({ ...HOME, seq });
const seqsOf = (page: Page) => page.rung.map(({ seq }) => seq);

describe("a notification rings once", () => {
  test("[P15] when it comes, in order, and is acknowledged", async () => {
    const page = new Page();
    const line = await page.online();
    line.say({ type: "entries", entries: [notification(1), notification(2)] });
    expect(page.rung).toEqual([notification(1), notification(2)]);
    expect(line.heard()).toEqual([{ type: "ack", seq: 2 }]);
  });

  test("[P15] from a snapshot only if nothing has acknowledged it", async () => {
    const page = new Page();
    await page.online({ notifications: [notification(1), notification(2), notification(3)], acked: 1 }, at(3));
    expect(seqsOf(page)).toEqual([2, 3]);
  });

  test("[P15] not again when the next connection brings a snapshot with it, acknowledged or not", async () => {
    const page = new Page();
    const line = await page.online();
    line.say({ type: "entries", entries: [notification(1), notification(2)] });
    line.hangUp(1006);
    page.clock.pass(250);
    await page.welcomed(afresh({ notifications: [notification(1), notification(2), notification(3)] }, at(3)));
    expect(seqsOf(page)).toEqual([1, 2, 3]);
  });

  test("[P15] not again when a restored store numbers it anew in another epoch", async () => {
    const page = new Page();
    const line = await page.online();
    line.say({ type: "entries", entries: [notification(5 - 4)] });
    line.hangUp(1006);
    page.clock.pass(250);
    await page.welcomed(afresh({ notifications: [{ ...notification(1), seq: 9 }] }, { epoch: "restored", seq: 9 }));
    expect(seqsOf(page)).toEqual([1]);
  });

  test("[P9] not again when entries are sent twice", async () => {
    const page = new Page();
    const line = await page.online();
    line.say({ type: "entries", entries: [notification(1)] });
    line.say({ type: "entries", entries: [notification(1), notification(2)] });
    expect(seqsOf(page)).toEqual([1, 2]);
  });

  test("[P9] over a gap not yet: the client asks the log, which has what is missing", async () => {
    const page = new Page();
    const line = await page.online();
    line.say({ type: "entries", entries: [notification(1)] });
    line.say({ type: "entries", entries: [notification(3)] });
    expect(seqsOf(page)).toEqual([1]);
    expect(line.closedWith).toBe(1000);
    page.clock.pass(250);
    const next = await page.exchange.accept();
    next.open();
    expect(await next.hear()).toMatchObject({ type: "hello", position: at(1) });
    next.say(resumed(at(1)));
    next.say({ type: "entries", entries: [notification(2), notification(3)] });
    expect(seqsOf(page)).toEqual([1, 2, 3]);
  });
});

describe("the view", () => {
  test("[P15] shows a notification before it rings", async () => {
    const shown: number[] = [];
    const page: Page = new Page({
      onNotification: ({ seq }) => shown.push(page.view?.notifications.at(-1)?.seq ?? -1, seq),
    });
    const line = await page.online({ notifications: [notification(1)] }, at(1));
    line.say({ type: "entries", entries: [notification(2)] });
    expect(shown).toEqual([1, 1, 2, 2]);
  });

  test("[P8] is what stands at the snapshot's position: what it does not hold is gone", async () => {
    const page = new Page();
    const line = await page.online({ notifications: [notification(1)] }, at(1));
    line.hangUp(1006);
    page.clock.pass(250);
    await page.welcomed(afresh({ notifications: [notification(1)], acked: 1 }, { epoch: "restored", seq: 1 }));
    expect(page.view?.notifications).toEqual([notification(1)]);
  });

  test("[P8] stays as it is over a cut that was resumed", async () => {
    const page = new Page();
    const line = await page.online({ notifications: [notification(1)] }, at(1));
    const before = page.view;
    line.hangUp(1006);
    page.clock.pass(250);
    await page.welcomed(resumed(at(1)));
    expect(page.view).toBe(before);
  });

  test("is a new object on every change, and keeps the arrays that did not", async () => {
    const page = new Page();
    const line = await page.online({ notifications: [notification(1)] }, at(1));
    const before = page.view;
    page.send("Agreed.");
    expect(page.view).not.toBe(before);
    expect(page.view?.notifications).toBe(before?.notifications);
    line.say({ type: "entries", entries: [notification(2)] });
    expect(page.view?.sent).toBe(before?.sent);
  });
});
