import { expect, test } from "vitest";
import { Page, resumed } from "./testing/page.ts";

test("[P19] 30 s of silence: ping; a pong keeps the connection", async () => {
  const page = new Page();
  const line = await page.online();
  page.clock.pass(30_000);
  expect(line.heard()).toEqual([{ type: "ping" }]);
  page.clock.pass(7_999);
  line.say({ type: "pong" });
  page.clock.pass(29_999);
  expect(line.heard()).toEqual([]);
  page.clock.pass(1);
  expect(line.heard()).toEqual([{ type: "ping" }]);
  expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
});

test("[P19] no answer for 8 s: the connection is dead, and the next one resumes", async () => {
  const page = new Page();
  const line = await page.online();
  page.clock.pass(38_000);
  expect(line.closedWith).toBe(1000);
  expect(page.statuses.at(-1)).toMatchObject({ at: "waiting" });
  page.clock.pass(250);
  await page.welcomed(resumed());
  expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
});

test("[P48] a wake-up asks at once, and a dead connection is replaced after 1 s, without a wait", async () => {
  const page = new Page();
  const line = await page.online();
  page.clock.pass(5_000);
  page.wake();
  expect(line.heard()).toEqual([{ type: "ping" }]);
  page.clock.pass(1_000);
  expect(line.closedWith).toBe(1000);
  await page.welcomed(resumed());
  expect(page.statuses.map(({ at }) => at)).toEqual(["connecting", "online", "connecting", "online"]);
});

test("[P48] a page that is put away closes its socket, opens none, and resumes when it is back", async () => {
  const page = new Page();
  const line = await page.online();
  page.rest();
  expect(line.closedWith).toBe(1000);
  page.clock.pass(29_999);
  expect(page.asked).toHaveLength(1);
  page.wake();
  const next = await page.welcomed(resumed());
  expect(next.closedWith).toBeUndefined();
  expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
});

test("[P48] what is sent from a page that is put away goes out when it is back", async () => {
  const page = new Page();
  await page.online();
  page.rest();
  const id = page.send("later");
  page.wake();
  const line = await page.exchange.accept();
  line.open();
  await line.hear();
  line.say(resumed());
  expect(line.heard()).toContainEqual({ type: "send", id, to: "101", text: "later" });
});

test("[P19] a machine that slept asks before it gives the connection up", async () => {
  const page = new Page();
  const line = await page.online();
  page.clock.sleep(3_600_000);
  expect(line.heard()).toEqual([{ type: "ping" }]);
  line.say({ type: "pong" });
  page.clock.pass(8_000);
  expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
});

test("[P19] a socket that never opens is given up after 5 s, and no line is left open", async () => {
  const page = new Page();
  page.client.start();
  const line = await page.exchange.accept();
  page.clock.pass(5_000);
  expect(line.closedWith).toBe(1000);
  line.open();
  expect(line.heard()).toEqual([]);
});

test("[P21] a hub that always hangs up is asked ever less often, never more than one timer at a time", async () => {
  const page = new Page();
  page.client.start();
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    const line = await page.exchange.accept();
    line.hangUp(1006);
    const status = page.statuses.at(-1);
    const wait = status?.at === "waiting" ? status.until - page.clock.now() : 0;
    expect(page.clock.pending).toBe(1);
    waits.push(wait);
    page.clock.pass(wait);
  }
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});
