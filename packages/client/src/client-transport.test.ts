import { describe, expect, test } from "vitest";
import { Page, resumed } from "./testing/page.ts";

/** Time passes until the client tries again. */
function passWait({ statuses, clock }: Page) {
  const status = statuses.at(-1);
  clock.pass(status?.at === "waiting" ? status.until - clock.now() : 0);
}

/** A page on a network where WebSockets do not open, on the stream by now. */
async function onStream(page = new Page()) {
  page.client.start();
  for (let n = 0; n < 2; n++) {
    (await page.exchange.accept()).hangUp(1006);
    passWait(page);
  }
  const line = await page.welcomed(resumed());
  return { page, line };
}

test("[P44] after two WebSockets that did not open, the stream is taken, and the status says so", async () => {
  const { page, line } = await onStream();
  expect(line.transport).toBe("stream");
  expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "stream" });
});

test("[P44] so it is where they open and are cut before the welcome", async () => {
  const page = new Page();
  page.client.start();
  for (let n = 0; n < 2; n++) {
    const line = await page.exchange.accept();
    line.open();
    line.hangUp(1006);
    passWait(page);
  }
  expect((await page.exchange.accept()).transport).toBe("stream");
});

test("[P44] a hub that is away is asked by both ways in turn", async () => {
  const page = new Page();
  page.client.start();
  const asked: string[] = [];
  for (let n = 0; n < 6; n++) {
    const line = await page.exchange.accept();
    asked.push(line.transport);
    line.hangUp(1006);
    passWait(page);
  }
  expect(asked).toEqual(["websocket", "websocket", "stream", "websocket", "websocket", "stream"]);
});

test("[P12] what was sent meanwhile goes out on the stream, by its id", async () => {
  const page = new Page();
  page.client.start();
  const id = page.send("Patience");
  const { line } = await onStream(page);
  expect(await line.hear()).toMatchObject({ type: "send", id });
});

describe("back to WebSocket", () => {
  test("[P44] as soon as a trial opens: without a wait, with the position, and for good", async () => {
    const { page, line } = await onStream();
    page.clock.pass(30_000);
    const trial = await page.exchange.accept();
    expect([trial.transport, line.closedWith]).toEqual(["websocket", undefined]);
    trial.open();
    expect([trial.closedWith, trial.heard(), line.closedWith]).toEqual([1000, [], 1000]);
    const back = await page.exchange.accept();
    expect(back.transport).toBe("websocket");
    back.open();
    expect(await back.hear()).toMatchObject({ type: "hello", position: { seq: 0 } });
    back.say(resumed());
    expect(page.statuses.map((status) => ("transport" in status ? status.transport : status.at)).slice(-3)).toEqual([
      "stream",
      "connecting",
      "websocket",
    ]);
  });

  test("[P44] not while trials fail: the stream goes on, and they come ever more rarely", async () => {
    const { page, line } = await onStream();
    const trials: number[] = [];
    for (let minute = 0; minute < 100; minute += 0.5) {
      const before = page.exchange.dialled;
      page.clock.pass(30_000);
      line.say({ type: "pong" });
      if (page.exchange.dialled === before) continue;
      trials.push(minute);
      (await page.exchange.accept()).hangUp(1006);
    }
    expect(trials).toEqual([0, 5, 15, 35, 75]);
    expect(line.closedWith).toBeUndefined();
    expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "stream" });
  });

  test("[P44] a trial that never ends is given up after 5 s, one that opens too late is not heard", async () => {
    const { page, line } = await onStream();
    page.clock.pass(30_000);
    const trial = await page.exchange.accept();
    page.clock.pass(5_000);
    expect(trial.closedWith).toBe(1000);
    trial.open();
    expect(line.closedWith).toBeUndefined();
  });

  test("[P44] a stop ends a trial, too", async () => {
    const { page } = await onStream();
    page.clock.pass(30_000);
    const trial = await page.exchange.accept();
    page.client.stop();
    expect([trial.closedWith, page.clock.pending]).toEqual([1000, 0]);
  });
});
