import { describe, expect, test } from "vitest";
import { Page, afresh, HOME, resumed } from "./testing/page.ts";
import type { TokenNeed } from "./machine/state.ts";
import { notification } from "./testing/states.ts";

describe("connecting", () => {
  test("[P8] start: token, socket, hello, welcome, in this order", async () => {
    const page = new Page();
    page.client.start();
    expect(page.asked).toEqual(["connect"]);
    const line = await page.exchange.accept();
    expect(line.url).toBe("ws://hub.example/v1/socket");
    expect(line.heard()).toEqual([]);
    line.open();
    expect(await line.hear()).toEqual({ type: "hello", token: "token 1" });
    expect(page.statuses.map(({ at }) => at)).toEqual(["connecting"]);
    line.say(afresh({}, { ...HOME, seq: 7 }));
    expect(await line.hear()).toEqual({ type: "ack", seq: 7 });
    expect(page.statuses.map(({ at }) => at)).toEqual(["connecting", "online"]);
  });

  test("[P8] the status is told on change, not for each step of a connection", async () => {
    const page = new Page();
    const line = await page.online();
    line.hangUp(1006);
    page.clock.pass(250);
    await page.welcomed(resumed());
    expect(page.statuses).toEqual([
      { at: "connecting" },
      { at: "online", transport: "websocket" },
      { at: "waiting", until: page.clock.now(), code: 1006 },
      { at: "connecting" },
      { at: "online", transport: "websocket" },
    ]);
  });

  test("[P8] start does nothing if started", async () => {
    const page = new Page();
    await page.online();
    page.client.start();
    expect(page.asked).toHaveLength(1);
    expect(page.exchange.dialled).toBe(1);
  });

  test("[P17] a token that the hub calls expired is asked for anew, the position stays", async () => {
    const page = new Page();
    const line = await page.online({}, { ...HOME, seq: 3 });
    line.hangUp(4001, "token expired");
    page.clock.pass(250);
    const next = await page.exchange.accept();
    next.open();
    expect(page.asked).toEqual(["connect", "replace"]);
    expect(await next.hear()).toEqual({ type: "hello", token: "token 2", position: { ...HOME, seq: 3 } });
  });

  test("[P21] no token: waits and asks again", async () => {
    const asked: TokenNeed[] = [];
    const refusals = [Promise.reject(new Error("logged out")), Promise.resolve("t")];
    const page = new Page({
      token: (again) => refusals[asked.push(again) - 1] ?? Promise.reject(new Error("once too often")),
    });
    page.client.start();
    await Promise.allSettled(refusals);
    expect(page.statuses.at(-1)).toEqual({ at: "waiting", until: page.clock.now() + 250 });
    page.clock.pass(250);
    await page.exchange.accept();
    expect(asked).toEqual(["connect", "connect"]);
  });

  test("[P21] an end by refusal is told with code and reason, leaves no timer, and retry comes back", async () => {
    const page = new Page();
    const line = await page.online();
    line.hangUp(4502, "replaced by a newer connection");
    expect(page.statuses.at(-1)).toEqual({ at: "refused", code: 4502, reason: "replaced by a newer connection" });
    expect(page.clock.pending).toBe(0);
    page.wake();
    expect(page.asked).toHaveLength(1);
    page.client.retry();
    await page.welcomed(resumed());
    expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
  });

  test("[P21] retry ends a wait", async () => {
    const page = new Page();
    (await page.online()).hangUp(1006);
    page.client.retry();
    await page.welcomed(resumed());
    expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
  });
});

describe("what is not heard", () => {
  test("[P16] an answer to an older request for a token", async () => {
    const asked: ((token: string) => void)[] = [];
    const page = new Page({ token: () => new Promise((resolve) => asked.push(resolve)) });
    page.client.start();
    page.client.stop();
    page.client.start();
    asked[0]?.("stale");
    await Promise.resolve();
    expect(page.exchange.dialled).toBe(0);
    asked[1]?.("current");
    const line = await page.exchange.accept();
    line.open();
    expect(await line.hear()).toEqual({ type: "hello", token: "current" });
    expect(page.exchange.dialled).toBe(1);
  });

  test("[P9] what an old socket still says", async () => {
    const page = new Page();
    const old = await page.online();
    old.hangUp(1006);
    page.clock.pass(250);
    const line = await page.welcomed(resumed());
    old.say({ type: "entries", entries: [notification(1)] });
    old.hangUp(4500, "bad frame");
    old.open();
    expect(page.rung).toEqual([]);
    expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
    expect(line.heard()).toEqual([]);
  });

  test("[P4] frames of an unknown type, and frames that are none", async () => {
    const page = new Page();
    const line = await page.online();
    for (const frame of ["", "{", "[]", '{"type":"presence","who":[]}', '{"type":"entries"}']) line.babble(frame);
    expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
    expect(line.heard()).toEqual([]);
  });
});
