import type { Page } from "@playwright/test";
import { faultless, overflow } from "../fixtures/axe.ts";
import type { Tab } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";

// axe takes its time where many share a machine.
test.describe.configure({ timeout: 90_000 });

test("[P54] a muted thread is dimmed and does not ring, and is unmuted in the settings of any browser", async ({
  open,
  program,
}) => {
  const author = await program("100");
  const thread = "Timetable";
  await author.send({ to: "101", text: "First", thread });
  const [tab, other] = [await open("101"), await open("101", { apart: true })];
  await expect(tab.bell(0)).toBeVisible();
  await tab.row("First").getByRole("button", { name: "More actions" }).click();
  await tab.page.getByRole("button", { name: "Mute this thread" }).click();
  await expect(tab.page.getByRole("dialog")).toHaveCount(0);
  await author.send({ to: "101", text: "Unheard", thread }, { to: "101", text: "Heard" });
  await expect(tab.toast("Heard")).toBeVisible();
  await expect(tab.row("Unheard")).toContainText("Muted");
  await expect(tab.toast("Unheard")).toHaveCount(0);

  await other.page.locator("#settings").click();
  const settings = other.page.getByRole("dialog", { name: "Settings" });
  await settings.getByRole("button", { name: "Unmute ⁨Timetable⁩" }).press("Enter");
  await expect(settings.getByText("Nobody and nothing.", { exact: false })).toBeVisible();
  await expect(settings.getByRole("heading", { name: "Muted" })).toBeFocused();
  await author.send({ to: "101", text: "Heard again", thread });
  await expect(tab.toast("Heard again")).toBeVisible();
});

test("[P54] a person is muted by keys alone, and unmuted where that was done", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "First" });
  const tab = await open("101", { apart: true });
  const { keyboard } = tab.page;
  await expect(tab.row("First")).toBeVisible();
  await keyboard.press("j");
  for (const name of ["Mute ⁨100⁩", "Unmute ⁨100⁩"]) {
    await keyboard.press("m");
    const menu = tab.page.locator("[data-layer=row]"); // A toast that still stands can mark read, too.
    await expect(menu.getByRole("button", { name: "Mark read" })).toBeFocused();
    await keyboard.press("ArrowUp");
    await expect(menu.getByRole("button", { name, exact: true })).toBeFocused();
    await keyboard.press("Enter");
    await expect(tab.row("First")).toBeFocused();
  }
});

test("[P55] nothing rings while it is quiet; at its end one card says what came, in every tab, and leads there", async ({
  open,
  program,
}) => {
  const [mira, tom] = await Promise.all([program("mira"), program("tom")]);
  const viewport = { width: 390, height: 780 };
  const [tab, other] = [await open("101", { apart: { viewport } }), await open("101", { apart: { viewport } })];
  for (const each of [tab, other]) await expect(each.online).toBeVisible();
  await tab.page.locator("#settings").click();
  await tab.page.getByRole("button", { name: "1 hour" }).click();
  await expect(tab.page.getByText(/^Quiet until \d/u)).toBeVisible();
  for (const { page } of [tab, other]) await expect(page.locator("#bell")).toHaveAccessibleName(/Do not disturb/u);
  await tab.page.keyboard.press("Escape");

  await mira.send({ to: "101", text: "One" });
  await tom.send({ to: "101", text: "Two" }, { to: "101", text: "Pressing", priority: "high" });
  for (const each of [tab, other]) {
    await expect(each.toast("Pressing")).toBeVisible();
    for (const text of ["One", "Two"]) await expect(each.toast(text)).toHaveCount(0);
  }
  await other.page.locator("#settings").press("Enter"); // What is pressing lies over it.
  await other.page.getByRole("button", { name: "End it now" }).press("Enter");
  await other.page.keyboard.press("Escape");
  for (const { page } of [tab, other]) {
    await expect(page.getByText("2 came while it was quiet")).toBeVisible();
    await expect(page.getByText("From ⁨tom⁩ and ⁨mira⁩")).toBeVisible();
  }
  await tab.page.getByRole("button", { name: "Show inbox" }).press("Enter");
  await expect(tab.page.getByRole("heading", { name: "Inbox" })).toBeFocused();
  await expect(tab.page.getByText("came while it was quiet")).toHaveCount(0);
  await tab.page.getByRole("button", { name: "Mark all read" }).press("Enter");
  await expect(other.page.getByText("came while it was quiet")).toHaveCount(0);
});

test("[P56] who has a thread open gets the reply in place, seen; no tab rings, and what is elsewhere does", async ({
  open,
  program,
}) => {
  const author = await program("100");
  const thread = "Timetable";
  await author.send({ to: "101", text: "First", thread }, { to: "101", text: "Second", thread });
  await author.send({ to: "101", text: "Above" });
  const viewport = { width: 390, height: 780 };
  const [tab, other] = [await open("101", { apart: true }), await open("101", { apart: { viewport } })];
  const attending = await attention(tab);
  await tab
    .row("Second")
    .getByRole("button", { name: /replies/u })
    .click();
  await expect(tab.rows).toHaveText([/Above/u, /Second/u, /First/u]);
  await expect(other.bell(0)).toBeVisible();
  await attending.next([thread]);
  await author.send({ to: "101", text: "Third", thread });
  await expect(tab.rows).toHaveText([/Above/u, /Third/u, /Second/u, /First/u]);
  await author.send({ to: "101", text: "Elsewhere" });
  for (const each of [tab, other]) {
    await expect(each.toast("Elsewhere")).toBeVisible();
    await expect(each.toast("Third")).toHaveCount(0);
  }
  await expect(other.bell(0)).toBeVisible(); // All seen, in the tab where they stand.

  await tab
    .row("Third")
    .getByRole("button", { name: /replies/u })
    .click();
  await expect(tab.rows.last()).toContainText("Above");
  await attending.next([]);
  await author.send({ to: "101", text: "Fourth", thread });
  for (const each of [tab, other]) await expect(each.toast("Fourth")).toBeVisible();
});

for (const locale of ["en-US", "zh-CN"]) {
  test(`axe finds nothing wrong with what is muted and the card, ${locale}`, async ({ open, program }) => {
    const [author, reader] = await Promise.all([program("100"), program("101")]);
    await author.send({ to: "101", text: "First" });
    await reader.mark("seen", { upTo: 1 });
    await reader.mute({ from: "102" }, true);
    await reader.mute({ thread: "A thread with a name that does not fit into the settings" }, true);
    const viewport = { width: 320, height: 700 };
    const tab = await open("101", { apart: { locale, reducedMotion: "reduce", viewport } });
    const { page } = tab;
    const muted = await program("102");
    await muted.send({ to: "101", text: "Dimmed" });
    await page.getByRole("tab", { name: /Inbox|收件箱/u }).click();
    await expect(page.getByText(/^(Muted|已静音)$/u)).toBeVisible();
    await page.locator("#settings").click();
    await page.locator("[data-quiet=withoutEnd]").click();
    await page.getByRole("button", { name: /End it now|立即结束/u }).waitFor();
    await still(page);
    await faultless(page);
    expect(await overflow(page)).toBe(0);
    await page.keyboard.press("Escape");
    await page.locator("#tab-write").click(); // What is in sight for a second is seen, and no news.
    await author.send({ to: "101", text: "Meanwhile" });
    await page.getByText("Meanwhile", { exact: true }).last().waitFor({ state: "attached" });
    await page.locator("#settings").click();
    await page.getByRole("button", { name: /End it now|立即结束/u }).click();
    await page.keyboard.press("Escape");
    await page.getByText(/came while it was quiet|免打扰期间来了/u).waitFor();
    await still(page);
    await faultless(page);
    expect(await overflow(page)).toBe(0);
  });
}

/** Resolves when nothing moves on the page. */
async function still(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
}

/** Connects a tab anew; from then on, `next` resolves when the hub has granted that its user looks at exactly these threads. */
async function attention(tab: Tab): Promise<{ next(threads: readonly string[]): Promise<void> }> {
  const asked = new Map<string, string>();
  const granted: string[] = [];
  tab.page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      const { type, id, threads } = JSON.parse(String(payload));
      if (type === "attend") asked.set(id, JSON.stringify(threads));
    });
    socket.on("framereceived", ({ payload }) => {
      const { type, id } = JSON.parse(String(payload));
      const threads = asked.get(id);
      if (type === "done" && threads !== undefined) granted.push(threads);
    });
  });
  await tab.page.reload();
  await expect(tab.online).toBeVisible();
  return { next: (threads) => expect.poll(() => granted.at(-1)).toBe(JSON.stringify(threads)) };
}
