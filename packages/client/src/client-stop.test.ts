import { describe, expect, test } from "vitest";
import { afresh, HOME, Page } from "./testing/page.ts";
import { notification } from "./testing/states.ts";

describe("stopping", () => {
  test("closes the socket, clears the timer, stops the hints; start connects again with the position", async () => {
    const page = new Page();
    const line = await page.online({}, { ...HOME, seq: 5 });
    page.client.stop();
    expect(line.closedWith).toBe(1000);
    expect(page.clock.pending).toBe(0);
    expect(page.hintsStopped).toBe(1);
    expect(page.statuses.at(-1)).toEqual({ at: "stopped" });
    line.hangUp(1000);
    page.client.start();
    const next = await page.exchange.accept();
    next.open();
    expect(await next.hear()).toMatchObject({ type: "hello", position: { ...HOME, seq: 5 } });
  });

  test("before the token is here opens no socket later", async () => {
    const page = new Page();
    page.client.start();
    page.client.stop();
    await Promise.resolve();
    expect(page.exchange.dialled).toBe(0);
    expect(page.statuses.map(({ at }) => at)).toEqual(["connecting", "stopped"]);
  });

  test("from within a callback is told once, and leaves no timer", async () => {
    const page: Page = new Page({ onNotification: () => page.client.stop() });
    page.client.start();
    const line = await page.exchange.accept();
    line.open();
    line.say(afresh({ notifications: [notification(1)] }, { ...HOME, seq: 1 }));
    expect(line.closedWith).toBe(1000);
    expect(page.statuses.filter(({ at }) => at === "stopped")).toHaveLength(1);
    expect(page.clock.pending).toBe(0);
  });

  test("from within a callback that then throws closes the socket, and the client is not deaf afterwards", async () => {
    const page: Page = new Page({
      onNotification: () => {
        page.client.stop();
        throw new Error("a bug of the page");
      },
    });
    page.client.start();
    const line = await page.exchange.accept();
    line.open();
    const welcome = afresh({ notifications: [notification(1)] }, { ...HOME, seq: 1 });
    expect(() => line.say(welcome)).toThrow("a bug of the page");
    page.client.stop();
    expect(line.closedWith).toBe(1000);
  });

  test("and starting from within one callback connects again", async () => {
    const page: Page = new Page({
      onNotification: () => {
        page.client.stop();
        page.client.start();
      },
    });
    page.client.start();
    const line = await page.exchange.accept();
    line.open();
    line.say(afresh({ notifications: [notification(1)] }, { ...HOME, seq: 1 }));
    expect(line.closedWith).toBe(1000);
    expect(page.statuses.at(-1)).toEqual({ at: "connecting" });
  });
});

describe("a callback that throws", () => {
  const bug = () => {
    throw new Error("a bug of the page");
  };

  test("is loud, and keeps the client from nothing: the rest rings, the hub gets its acknowledgement", async () => {
    const page: Page = new Page({ onNotification: (rung) => page.rung.push(rung) < 2 && bug() });
    page.client.start();
    const line = await page.exchange.accept();
    line.open();
    await line.hear();
    const waited = { notifications: [notification(1), notification(2)] };
    expect(() => line.say(afresh(waited, { ...HOME, seq: 2 }))).toThrow("a bug of the page");
    expect(page.rung.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await line.hear()).toEqual({ type: "ack", seq: 2 });
  });

  test("while a draft is submitted is loud at once, and the draft goes out", async () => {
    let broken = false;
    const page: Page = new Page({ onView: () => broken && bug() });
    const line = await page.online();
    broken = true;
    expect(() => page.send("Agreed.")).toThrow("a bug of the page");
    expect(await line.hear()).toMatchObject({ type: "send", text: "Agreed." });
  });

  test("while it gives a token is no token", async () => {
    const page = new Page({ token: bug });
    page.client.start();
    await Promise.resolve();
    await Promise.resolve();
    expect(page.statuses.at(-1)?.at).toBe("waiting");
  });
});

test("[P12] a draft submitted while the welcome is being shown goes out once", async () => {
  const page: Page = new Page({ onNotification: () => page.client.send({ to: "101", text: "Thanks." }) });
  page.client.start();
  const line = await page.exchange.accept();
  line.open();
  await line.hear();
  line.say(afresh({ notifications: [notification(1)] }, { ...HOME, seq: 1 }));
  expect(
    line
      .heard()
      .map(({ type }) => type)
      .toSorted(),
  ).toEqual(["ack", "send"]);
});
