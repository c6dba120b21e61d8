import { describe, expect, test } from "vitest";
import { OUTBOX_LIMIT } from "./outbox/outbox.ts";
import { localOutbox } from "./outbox/store.ts";
import { afresh, HOME, Page, resumed } from "./testing/page.ts";
import { sent } from "./testing/states.ts";
import { FakeStorage } from "./testing/storage.ts";

describe("a draft submitted", () => {
  test("[P11] online goes out at once, exactly as it is", async () => {
    const page = new Page();
    const line = await page.online();
    const submitted = page.client.send({ to: "101", text: " Agreed. ", thread: "post-1" });
    expect(submitted).toEqual({ ok: true, id: expect.stringMatching(/^[A-Za-z0-9_-]{1,64}$/) });
    const id = submitted.ok ? submitted.id : "";
    expect(line.heard()).toEqual([{ type: "send", id, to: "101", text: " Agreed. ", thread: "post-1" }]);
    expect(page.view?.pending).toEqual([
      { draft: { id, to: "101", text: " Agreed. ", thread: "post-1" }, at: page.clock.now() },
    ]);
  });

  test("[P12] offline waits, and goes out once on welcome, oldest first, behind the ack", async () => {
    const page = new Page();
    const ids = [page.send("one"), page.send("two")];
    page.client.start();
    ids.push(page.send("three"));
    const line = await page.exchange.accept();
    expect(line.heard()).toEqual([]);
    line.open();
    ids.push(page.send("four"));
    line.say(afresh());
    expect(line.heard().map((up) => (up.type === "send" ? up.id : up.type))).toEqual(["hello", "ack", ...ids]);
  });

  test("[P11] that would be refused is refused here, and never waits", () => {
    const page = new Page();
    expect(page.client.send({ to: "101", text: " " })).toMatchObject({ ok: false, refusal: { code: "emptyText" } });
    expect(page.client.send({ to: "", text: "x" })).toMatchObject({ ok: false, refusal: { code: "invalidTarget" } });
    expect(page.client.send({ to: "101", text: "x", thread: "" })).toMatchObject({
      ok: false,
      refusal: { code: "invalidThread" },
    });
    expect(page.views).toEqual([]);
  });

  test("past the outbox's limit is refused, and those before it wait", () => {
    const page = new Page();
    for (let i = 0; i < OUTBOX_LIMIT; i++) page.send(`text ${i}`);
    expect(page.client.send({ to: "101", text: "one more" })).toMatchObject({
      ok: false,
      refusal: { code: "outboxFull" },
    });
    expect(page.view?.pending).toHaveLength(OUTBOX_LIMIT);
  });
});

describe("a draft is settled", () => {
  test("[P11] by sent, which takes it out of the outbox, twice as well as once", async () => {
    const page = new Page();
    const line = await page.online();
    const [first, second] = [page.send("one"), page.send("two")];
    line.say({ type: "sent", id: first, seq: 1, at: 1 });
    expect(page.pendingIds).toEqual([second]);
    const views = page.views.length;
    line.say({ type: "sent", id: first, seq: 1, at: 1, duplicate: true });
    expect(page.views).toHaveLength(views);
  });

  test("[P10] by its entry in the log, should the answer be lost", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    line.say({ type: "entries", entries: [sent(1, id)] });
    expect(page.view).toMatchObject({ notifications: [], sent: [sent(1, id)], pending: [] });
  });

  test("[P8] by a snapshot that holds it: it is not sent again", async () => {
    const page = new Page();
    const id = page.send("Agreed.");
    page.client.start();
    const line = await page.exchange.accept();
    line.open();
    line.say(afresh({ sent: [{ ...sent(1, id), state: "delivered" }] }, { ...HOME, seq: 1 }));
    expect(line.heard().map(({ type }) => type)).toEqual(["hello", "ack"]);
    expect(page.view?.pending).toEqual([]);
    expect(page.view?.sent.map(({ state }) => state)).toEqual(["delivered"]);
  });
});

describe("a draft that got no answer", () => {
  test("[P12] is sent again by the same id on the next connection", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    const [first] = line.heard();
    line.hangUp(1006);
    page.clock.pass(250);
    const next = await page.welcomed(resumed());
    expect(next.heard()).toEqual([first]);
    expect(first).toMatchObject({ type: "send", id });
  });

  test("[P12] is sent again by the same id after a reload, and shown meanwhile", async () => {
    const storage = new FakeStorage();
    const before = new Page({ outbox: localOutbox("100", storage) });
    const id = before.send("Agreed.");
    const after = new Page({ outbox: localOutbox("100", storage) });
    after.client.start();
    expect(after.pendingIds).toEqual([id]);
    const line = await after.welcomed(afresh());
    expect(line.heard()).toEqual([{ type: "send", id, to: "101", text: "Agreed." }]);
    line.say({ type: "sent", id, seq: 1, at: 1, duplicate: true });
    expect(storage.length).toBe(0);
  });

  test("[P12] is kept by stop, and sent after the next start", async () => {
    const page = new Page();
    const id = page.send("Agreed.");
    page.client.start();
    page.client.stop();
    const line = await page.online();
    expect(line.heard()).toMatchObject([{ type: "send", id }]);
  });
});
