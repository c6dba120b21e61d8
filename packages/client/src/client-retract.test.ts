import { describe, expect, test } from "vitest";
import { CHANGES_LIMIT } from "./outbox/outbox.ts";
import { localOutbox } from "./outbox/store.ts";
import type { Line } from "./testing/line.ts";
import { HOME, Page, resumed } from "./testing/page.ts";
import { sent } from "./testing/states.ts";
import { FakeStorage } from "./testing/storage.ts";

const at = (seq: number) => ({ ...HOME, seq });
const stored = { sent: [sent(1, "stored", "Agreed.")] };
const unknown = { code: "unknownDraft", message: "There is no such draft of yours, or it is retracted." };
const lineOf = (page: Page) => page.view?.sent.map(({ text, edited, retracted }) => [text, edited, retracted]);
/** The requests that the hub got, each with the id of its draft. */
const heard = (line: Line) =>
  line.heard().flatMap((up) => {
    if (up.type === "retract" || up.type === "edit") return [[up.type, up.draft]];
    return "id" in up ? [[up.type, up.id]] : [];
  });
const firstId = (line: Line) => line.heard().flatMap((up) => ("id" in up ? up.id : []))[0] ?? "";

describe("a stored draft", () => {
  test("[P26] is shown retracted at once, and the hub is asked", async () => {
    const page = new Page();
    const line = await page.online(stored, at(1));
    page.client.retract("stored");
    expect(lineOf(page)).toEqual([["", undefined, true]]);
    expect(heard(line)).toEqual([["retract", "stored"]]);
  });

  test("[P26] is shown edited at once; a refusal shows what was before, and is told", async () => {
    const page = new Page();
    const line = await page.online(stored, at(1));
    const submitted = page.client.edit("stored", "Not quite.");
    expect(lineOf(page)).toEqual([["Not quite.", true, undefined]]);
    const id = firstId(line);
    expect(submitted).toEqual({ ok: true, id });
    line.say({ type: "refused", id, ...unknown });
    expect(lineOf(page)).toEqual([["Agreed.", undefined, undefined]]);
    expect(page.refused).toEqual([[{ type: "edit", id, draft: "stored", text: "Not quite." }, unknown]]);
  });

  test("[P26] stays as the hub says once it is done, without a flicker", async () => {
    const page = new Page();
    const line = await page.online(stored, at(1));
    page.client.retract("stored");
    const id = firstId(line);
    const shown = page.view?.sent;
    line.say({
      type: "entries",
      entries: [{ kind: "retraction", seq: 2, at: 1, from: "100", to: "101", id: "stored" }],
    });
    expect(page.view?.sent).toEqual(shown);
    line.say({ type: "done", id });
    expect(page.view?.sent).toEqual(shown);
  });

  test("[P11] is not edited to a text that would be refused", async () => {
    const page = new Page();
    const line = await page.online(stored, at(1));
    expect(page.client.edit("stored", " ")).toMatchObject({ ok: false, refusal: { code: "emptyText" } });
    expect(page.client.edit("stored", "x".repeat(4_001))).toMatchObject({
      ok: false,
      refusal: { code: "textTooLong" },
    });
    expect([lineOf(page), line.heard()]).toEqual([[["Agreed.", undefined, undefined]], []]);
  });

  test("beyond the outbox's limit is not changed, and whoever wanted it is told", () => {
    const page = new Page();
    for (let i = 0; i < CHANGES_LIMIT; i++) page.client.edit(`d${i}`, "x");
    expect(page.client.edit("stored", "x")).toMatchObject({ ok: false, refusal: { code: "outboxFull" } });
    page.client.retract("stored");
    expect(page.refused).toMatchObject([[{ type: "retract", draft: "stored" }, { code: "outboxFull" }]]);
  });
});

describe("a draft that waits", () => {
  test("[P26] and never went out is dropped, and no hub hears of it", async () => {
    const storage = new FakeStorage();
    const page = new Page({ outbox: localOutbox("100", storage) });
    const id = page.send("Agreed.");
    page.client.retract(id);
    expect([page.pendingIds, storage.length]).toEqual([[], 0]);
    expect((await page.online()).heard()).toEqual([]);
  });

  test("[P26] and may have gone out is hidden at once, sent again, and taken back behind its answer", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    line.hangUp(1006);
    page.client.retract(id);
    expect(page.pendingIds).toEqual([]);
    page.clock.pass(250);
    const next = await page.welcomed(resumed());
    expect(heard(next)).toEqual([["send", id]]);
    next.say({ type: "entries", entries: [sent(1, id)] });
    expect(lineOf(page)).toEqual([["", undefined, true]]);
    expect(heard(next)).toEqual([["retract", id]]);
  });

  test("[P26] is not taken back by a request that overtakes it, should the hub want the draft later", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    page.client.retract(id);
    line.say({ type: "refused", id, code: "unavailable", message: "Later.", retryAfter: 400 });
    page.client.mark("read", { upTo: 0 });
    expect(heard(line).map(([type]) => type)).toEqual(["send", "mark"]);
    page.clock.pass(400);
    expect(heard(line)).toEqual([["send", id]]);
    line.say({ type: "sent", id, seq: 1, at: 1 });
    expect(line.heard()).toEqual([]);
  });

  test("[P26] and is refused after it was taken back is gone", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    page.client.retract(id);
    line.heard();
    line.say({ type: "refused", id, code: "conflict", message: "This id was used for another draft." });
    expect([page.pendingIds, line.heard(), page.refused]).toEqual([[], [], []]);
  });

  test("[P26] as refused is dropped, as discard does", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    line.say({ type: "refused", id, code: "conflict", message: "This id was used for another draft." });
    line.heard();
    page.client.retract(id);
    expect([page.pendingIds, line.heard()]).toEqual([[], []]);
  });

  test("[P26] is edited once it is stored", async () => {
    const page = new Page();
    const line = await page.online();
    const id = page.send("Agreed.");
    page.client.edit(id, "Not quite.");
    expect(heard(line)).toEqual([["send", id]]);
    line.say({ type: "entries", entries: [sent(1, id, "Agreed.")] });
    expect(lineOf(page)).toEqual([["Not quite.", true, undefined]]);
    expect(heard(line)).toEqual([["edit", id]]);
  });
});

test("[P12] tabs of one user: what one dropped or was answered, the other does not send", async () => {
  const storage = new FakeStorage();
  const one = new Page({ outbox: localOutbox("100", storage) });
  const [dropped, answered, waiting] = [one.send("dropped"), one.send("answered"), one.send("waiting")];
  const other = new Page({ outbox: localOutbox("100", storage) });
  one.client.retract(dropped);
  const line = await one.online();
  line.say({ type: "sent", id: answered, seq: 1, at: 1 });
  expect(heard(await other.online())).toEqual([["send", waiting]]);
  expect(other.pendingIds).toEqual([waiting]);
});
