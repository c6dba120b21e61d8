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
});
