import type { Locator } from "@playwright/test";
import { faultless, overflow } from "../fixtures/axe.ts";
import type { Tab } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";

// axe takes its time where many share a machine.
test.describe.configure({ timeout: 90_000 });

test("[P53] what is put off leaves the inbox of every browser, stands among the snoozed, and comes back", async ({
  open,
  program,
}) => {
  const author = await program("100");
  await author.send({ to: "101", text: "Now" }, { to: "101", text: "Later" });
  const [tab, other] = [await open("101"), await open("101", { apart: true })];
  await tab.row("Later").getByRole("button", { name: "Snooze" }).click();
  await item(tab, "Tomorrow morning").click();
  for (const each of [tab, other]) await expect(each.rows).toHaveText([/Now/u]);
  await expect(tab.page.getByText("1 snoozed.")).toBeVisible();
  await expect(tab.row("Now")).toBeFocused(); // The row that takes its place.

  await filter(other, "Snoozed").click();
  await expect(other.row("Later")).toContainText(/Until \w{3}.* 9:00/u);
  await other.row("Later").getByRole("button", { name: "Unsnooze" }).click();
  await expect(other.page.getByText("Nothing is snoozed.")).toBeVisible();
  await expect(tab.rows).toHaveText([/Later/u, /Now/u]);
});

test("[P53] by keys alone: h offers times, Escape leaves, z takes it back", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "One" }, { to: "101", text: "Two" });
  const tab = await open("101", { apart: { viewport: { width: 390, height: 780 } } }); // Where the bell shows a layer.
  const { keyboard } = tab.page;
  await expect(tab.online).toBeVisible();
  await tab.page.locator("#bell").focus();
  await keyboard.press("Enter");
  const layer = tab.page.getByRole("dialog", { name: "Inbox" });
  const row = layer.getByRole("listitem").filter({ hasText: "Two" });
  await expect(layer.getByRole("heading")).toBeFocused();
  await keyboard.press("j");
  await expect(row).toBeFocused();
  await keyboard.press("h");
  const menu = tab.page.getByRole("dialog", { name: "Snooze", exact: true });
  await expect(menu).toBeVisible();
  await keyboard.press("j"); // Not the inbox's while the menu has the keyboard.
  await keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(row).toBeFocused();
  await expect(layer).toBeVisible();

  await keyboard.press("h");
  await expect(menu).toBeVisible();
  await expect(async () => {
    await keyboard.press("ArrowDown");
    await expect(item(tab, "Next week")).toBeFocused({ timeout: 100 });
  }).toPass();
  await keyboard.press("Enter");
  await expect(layer.getByRole("listitem")).toHaveCount(1);
  await expect(layer.getByRole("listitem")).toBeFocused();
  await keyboard.press("z");
  await expect(layer.getByRole("listitem")).toHaveCount(2);
});

test("[P53] any time is chosen in a dialog, which says what it cannot be", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "One" });
  const tab = await open("101", { apart: true });
  await tab.row("One").focus();
  await tab.page.keyboard.press("m");
  await item(tab, "Snooze").click();
  await item(tab, "Date and time…").click();
  const dialog = tab.page.getByRole("dialog", { name: "Snooze until" });
  const field = dialog.getByLabel("Date and time");
  await field.fill("2020-01-01T10:00");
  await field.press("Enter");
  await expect(dialog.getByText("Choose a time within the coming year.")).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await faultless(tab.page);
  const at = new Date(Date.now() + 30 * 24 * 60 * 60_000).toISOString().slice(0, 16);
  await field.fill(at);
  await field.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(tab.page.getByText("All quiet here.")).toBeVisible();
  await filter(tab, "Snoozed").click();
  await expect(tab.row("One")).toContainText("Until");
});

test("[P53] when its time comes it rings once, on top, and says when it was written", async ({ open, program }) => {
  const [author, reader] = await Promise.all([program("100"), program("101")]);
  await author.send({ to: "101", text: "Old" }, { to: "101", text: "Newer" });
  const tab = await open("101", { apart: true });
  await expect(tab.rows).toHaveText([/Newer/u, /Old/u]);
  await tab.page.getByRole("button", { name: "Mark all read" }).click();
  await expect(tab.toast("Old")).toHaveCount(0);
  const age = await tab.aging();
  await reader.snooze([1], Date.now() + 2_000);
  await expect(tab.rows).toHaveText([/Newer/u]);
  await expect(tab.rows).toHaveText([/Old/u, /Newer/u], { timeout: 15_000 });
  await expect(tab.row("Old")).toContainText(/Back from snooze, written \d/u);
  await expect(tab.row("Old")).toContainText("unread");
  await expect(tab.toast("Old")).toBeVisible();
  await age();
  await expect(tab.toast("Old")).toHaveCount(0);
  await tab.page.reload();
  await expect(tab.row("Old")).toContainText("Back from snooze");
  await expect(tab.bell(0)).toBeVisible();
  await expect(tab.toast("Old")).toHaveCount(0);
});

test("under a finger, the key for snooze opens its menu at the row", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "One" });
  const { page } = await open("101", { apart: { viewport: { width: 390, height: 780 }, hasTouch: true } });
  await page.getByRole("tab", { name: "Inbox" }).click();
  const row = page.locator("[data-row]").first();
  await row.focus();
  await page.keyboard.press("h");
  const menu = page.locator("[data-layer=row]");
  await expect(menu.getByRole("button", { name: "Tomorrow morning" })).toBeVisible();
  const [menuBox, rowBox] = [await menu.boundingBox(), await row.boundingBox()];
  expect(menuBox?.y).toBeGreaterThan(rowBox?.y ?? Infinity);
});

test.describe("with a long log", () => {
  test.use({ waiting: 130 });

  test("[P27, P53] what was put off long ago stands among the snoozed without being asked for", async ({
    open,
    program,
  }) => {
    const reader = await program("101");
    await reader.snooze([1], Date.now() + 3_600_000);
    const tab = await open("101", { apart: true });
    await expect(tab.online).toBeVisible();
    await tab.page.getByRole("button", { name: "Snoozed" }).click();
    await expect(tab.row("Number 1")).toBeVisible();
  });
});

for (const locale of ["en-US", "zh-CN"]) {
  test(`axe finds nothing wrong with menus and the snoozed, ${locale}`, async ({ open, program }) => {
    const [author, reader] = await Promise.all([program("100"), program("101")]);
    await author.send({ to: "101", text: "First", thread: "t" }, { to: "101", text: "Second" });
    await reader.mark("seen", { upTo: 2 }); // So nothing rings, and nothing fades while axe looks.
    const viewport = { width: 320, height: 700 };
    const { page } = await open("101", { apart: { locale, reducedMotion: "reduce", viewport } });
    await page.getByRole("tab", { name: /Inbox|收件箱/u }).click();
    await page
      .getByRole("button", { name: /^(More actions|更多操作)$/u })
      .last()
      .click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^(Snooze|稍后提醒)$/u })
      .press("Enter");
    await page.getByRole("button", { name: /Date and time|日期和时间/u }).waitFor();
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
    await faultless(page);
    expect(await overflow(page)).toBe(0);
    await page.getByRole("button", { name: /Next week|下周/u }).click();
    await page.getByRole("button", { name: /^(Snoozed|稍后)$/u }).click();
    await page
      .getByText(/Until|提醒$/u)
      .first()
      .waitFor();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await faultless(page);
    expect(await overflow(page)).toBe(0);
  });
}

function filter({ page }: Tab, name: string): Locator {
  return page.getByRole("group", { name: "Which notifications to show" }).getByRole("button", { name });
}

function item({ page }: Tab, name: string): Locator {
  return page.getByRole("dialog").getByRole("button", { name });
}
