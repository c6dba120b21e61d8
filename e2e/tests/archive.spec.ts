import type { Locator } from "@playwright/test";
import { faultless, overflow } from "../fixtures/axe.ts";
import type { Tab } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";

// axe takes its time where many share a machine.
test.describe.configure({ timeout: 90_000 });

test("[P52] what is archived leaves every tab and browser at once, stands among the archived, and comes back", async ({
  open,
  program,
}) => {
  const author = await program("100");
  await author.send(...["One", "Two", "Three"].map((text) => ({ to: "101", text })));
  const [tab, sibling, other] = [await open("101"), await open("101"), await open("101", { apart: true })];
  for (const each of [tab, sibling, other]) await expect(each.rows).toHaveCount(3);
  await tab.row("Two").getByRole("button", { name: "Archive" }).click();
  for (const each of [tab, sibling, other]) await expect(each.rows).toHaveText([/Three/u, /One/u]);

  await filter(other, "Archived").click();
  await expect(other.rows).toHaveText([/Two/u]);
  await expect(other.row("Two")).toContainText("unread"); // Archive says nothing of read.
  await other.page.reload();
  await filter(other, "Archived").click();
  await other.row("Two").getByRole("button", { name: "Unarchive" }).click();
  await expect(other.page.getByText("Nothing is archived.")).toBeVisible();
  for (const each of [tab, sibling]) await expect(each.rows).toHaveText([/Three/u, /Two/u, /One/u]);
  await expect(tab.row("Two")).toContainText("unread");
});

test("[P52] e archives, the keyboard goes on to the next row, and z takes it back as it was", async ({
  open,
  program,
}) => {
  const author = await program("100");
  await author.send({ to: "101", text: "First", thread: "t" }, { to: "101", text: "Second", thread: "t" });
  await author.send({ to: "101", text: "Alone" });
  const tab = await open("101", { apart: true });
  const { keyboard } = tab.page;
  await expect(tab.rows).toHaveCount(2);
  await keyboard.press("j");
  await keyboard.press("j");
  await expect(tab.row("Second")).toBeFocused();
  await keyboard.press("e");
  await expect(tab.row("Alone")).toBeFocused();
  await expect(tab.page.getByText("2 archived.")).toBeVisible();
  await keyboard.press("z");
  await expect(tab.row("Second")).toContainText("2 replies");

  await keyboard.press("e");
  await expect(tab.row("Second")).toBeFocused();
  await keyboard.press("e");
  await expect(tab.page.getByText("All quiet here.")).toBeVisible();
  await expect(tab.page.getByRole("heading", { name: "Inbox" })).toBeFocused();
  await filter(tab, "Archived").press("Enter");
  await expect(tab.rows).toHaveText([/Alone/u, /Second/u]);
  await keyboard.press("j");
  await keyboard.press("e");
  await expect(tab.rows).toHaveText([/Second/u]);
});

test("[P52] all that is read is archived at once, and taken back exactly", async ({ open, program }) => {
  const author = await program("100");
  await author.send(...["One", "Two", "Three", "Four"].map((text) => ({ to: "101", text })));
  const [tab, other] = [await open("101", { apart: true }), await open("101", { apart: true })];
  const age = await tab.aging();
  const all = tab.page.getByRole("button", { name: "Archive all read" });
  await expect(all).toBeDisabled();
  for (const text of ["One", "Three"]) await tab.row(text).getByRole("button", { name: "Mark read" }).click();
  await tab.row("Four").getByRole("button", { name: "Archive" }).click();
  await tab.page.getByRole("heading", { name: "Sent" }).hover(); // The offer's time runs while nobody points at it.
  await age();
  await expect(all).toBeEnabled();
  await all.press("Enter");
  for (const each of [tab, other]) await expect(each.rows).toHaveText([/Two/u]);
  const undo = tab.page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await undo.press("Enter");
  for (const each of [tab, other]) await expect(each.rows).toHaveText([/Three/u, /Two/u, /One/u]);
  await expect(tab.row("Three")).not.toContainText("unread");
  await expect(tab.row("Two")).toContainText("unread");
});

test("[P52] a toast archives what it shows, and goes from all tabs", async ({ open, program }) => {
  const [tab, other, author] = [await open("101"), await open("101", { apart: true }), await program("100")];
  for (const each of [tab, other]) await expect(each.online).toBeVisible();
  await author.send({ to: "101", text: "Quick" });
  for (const each of [tab, other]) await expect(each.toast("Quick")).toBeVisible();
  await tab.page.getByRole("region", { name: "New notifications" }).getByRole("button", { name: "Archive" }).click();
  for (const each of [tab, other]) {
    await expect(each.toast("Quick")).toHaveCount(0, { timeout: 3_000 }); // Sooner than toasts leave by themselves.
    await expect(each.page.getByText("All quiet here.")).toBeVisible();
  }
});

test("[P52] an archive that the hub refuses is taken back, and says so", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "Stays" });
  const tab = await open("101", { apart: true });
  await tab.page.routeWebSocket(/\/v1\/socket/u, (page) => {
    const hub = page.connectToServer();
    page.onMessage((message) => {
      const { id, mark } = JSON.parse(String(message));
      if (mark !== "archived") return hub.send(message);
      page.send(JSON.stringify({ type: "refused", id, code: "forbidden", message: "No." }));
    });
  });
  await tab.page.reload();
  await expect(tab.online).toBeVisible();
  await tab.row("Stays").getByRole("button", { name: "Archive" }).click();
  await expect(tab.page.getByText("Not changed.")).toBeVisible();
  await expect(tab.row("Stays")).toBeVisible();
  await expect(tab.page.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test.describe("with a long log", () => {
  test.use({ waiting: 130 });

  test("[P27, P52] older archived ones come as the end comes near", async ({ open, program }) => {
    const reader = await program("101");
    await reader.mark("archived", { upTo: 130 });
    const tab = await open("101", { apart: true });
    await filter(tab, "Archived").click();
    await expect(tab.rows.first()).toContainText("Number 130");
    const { page } = tab;
    await page.mouse.move(900, 500);
    await expect(async () => {
      await page.mouse.wheel(0, 3_000);
      await expect(tab.inbox("Number 1")).toBeInViewport({ timeout: 100 });
    }).toPass();
    await expect(page.getByText("Nothing is older than this.")).toBeVisible();
  });
});

for (const locale of ["en-US", "zh-CN"]) {
  test(`axe finds nothing wrong among the archived, ${locale}`, async ({ open, program }) => {
    const [author, reader] = await Promise.all([program("100"), program("101")]);
    await author.send({ to: "101", text: "First", thread: "t" }, { to: "101", text: "Second" });
    await reader.mark("seen", { upTo: 2 }); // So nothing rings, and nothing fades while axe looks.
    const { page } = await open("101", { apart: { locale, viewport: { width: 320, height: 700 } } });
    await page.getByRole("tab", { name: /Inbox|收件箱/u }).click();
    await page.getByRole("button", { name: /^(Archived|已归档)$/u }).click();
    await faultless(page);
    expect(await overflow(page)).toBe(0);
    await page.getByRole("button", { name: /^(All|全部)$/u }).click();
    await page
      .getByRole("button", { name: /^(Archive|归档)$/u })
      .first()
      .click();
    await page.getByRole("button", { name: /^(Archived|已归档)$/u }).click();
    await expect(page.getByRole("button", { name: /^(Unarchive|取消归档)$/u })).toHaveCount(1);
    await faultless(page);
    expect(await overflow(page)).toBe(0);
  });
}

function filter({ page }: Tab, name: string): Locator {
  return page.getByRole("group", { name: "Which notifications to show" }).getByRole("button", { name });
}
