import { describe, expect, test } from "vitest";
import { localOutbox } from "./outbox/store.ts";
import { afresh, Page, resumed } from "./testing/page.ts";
import { FakeStorage } from "./testing/storage.ts";

const refusal = { code: "conflict", message: "This id was used for another draft." };
const later = { code: "unavailable", message: "The log cannot take the draft now.", retryAfter: 400 };

describe("a draft refused for good", () => {
  test("[P11] stays with its refusal until it is discarded, and is not sent again", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    line.heard();
    line.say({ type: "refused", id, ...refusal });
    expect(page.view?.pending).toMatchObject([{ draft: { id }, refusal }]);
    line.hangUp(1006);
    page.clock.pass(250);
    const next = await page.welcomed(resumed());
    expect(next.heard()).toEqual([]);
    expect(page.client.discard(id)).toMatchObject({ draft: { id, text: "Agreed." }, refusal });
    expect(page.view?.pending).toEqual([]);
    expect(page.client.discard(id)).toBeUndefined();
  });

  test("[P11] stays refused across a reload", async () => {
    const storage = new FakeStorage();
    const page = new Page({ outbox: localOutbox("100", storage) });
    const line = await page.online();
    const id = page.send("Agreed.");
    line.say({ type: "refused", id, ...refusal });
    const after = new Page({ outbox: localOutbox("100", storage) });
    const next = await after.online();
    expect(next.heard()).toEqual([]);
    expect(after.view?.pending).toMatchObject([{ draft: { id }, refusal }]);
  });

  test("[P12] one that still waits cannot be discarded: the hub may have it", async () => {
    const page = new Page();
    await page.online();
    const id = page.send("Agreed.");
    expect(page.client.discard(id)).toBeUndefined();
    expect(page.pendingIds).toEqual([id]);
  });

  test("[P11] a refusal of a draft that is not here changes nothing", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    line.say({ type: "refused", id: "another", ...refusal });
    expect(page.view?.pending).toEqual([{ draft: { id, to: "101", text: "Agreed." }, at: page.clock.now() }]);
  });
});

describe("a draft refused for now", () => {
  test("[P11] is sent again after retryAfter, by the same id, and waits unrefused meanwhile", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    const [first] = line.heard();
    line.say({ type: "refused", id, ...later });
    expect(page.view?.pending).toEqual([{ draft: { id, to: "101", text: "Agreed." }, at: page.clock.now() }]);
    page.clock.pass(399);
    expect(line.heard()).toEqual([]);
    page.clock.pass(1);
    expect(line.heard()).toEqual([first]);
  });

  test("[P12] is not sent again if it was settled meanwhile", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    line.heard();
    line.say({ type: "refused", id, ...later });
    line.say({ type: "sent", id, seq: 1, at: 1 });
    page.clock.pass(400);
    expect(line.heard()).toEqual([]);
  });

  test("[P12] waits for the next connection if there is none at that time", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    line.heard();
    line.say({ type: "refused", id, ...later });
    page.client.stop();
    page.clock.pass(400);
    expect(line.heard()).toEqual([]);
    page.client.start();
    const next = await page.welcomed(afresh());
    expect(next.heard()).toMatchObject([{ type: "send", id }]);
  });

  test("[P11] waits for one time at a time, however many connections have refused it", async () => {
    const page = new Page();
    let line = await page.online();
    const id = page.send("Agreed.");
    for (let i = 0; i < 5; i++) {
      line.heard();
      line.say({ type: "refused", id, ...later, retryAfter: 60_000 });
      line.hangUp(1006);
      page.client.retry();
      line = await page.welcomed(resumed());
    }
    line.heard();
    line.say({ type: "refused", id, ...later, retryAfter: 60_000 });
    page.clock.pass(29_000);
    line.say({ type: "pong" });
    page.clock.pass(29_000);
    line.say({ type: "pong" });
    page.clock.pass(2_000);
    expect(line.heard()).toMatchObject([{ type: "send", id }]);
  });
});
