import type { Locator } from "@playwright/test";
import { faultless, overflow } from "../fixtures/axe.ts";
import type { Tab } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";

// axe takes its time where many share a machine.
test.describe.configure({ timeout: 90_000 });

/** Where the inbox does not stand beside, so that the bell shows it in a layer. */
const narrow = { viewport: { width: 390, height: 780 } };

test("[P24] under the bell, Sent shows what was sent with its receipts as they come, and when each came", async ({
  open,
  program,
}) => {
  const tab = await open("101", { apart: narrow });
  await tab.send("100", "Is the tower open?");
  await tab.page.locator("#bell").click();
  const layer = bellOf(tab);
  await filter(layer, "Sent").click();
  const row = layer.getByRole("listitem").filter({ hasText: "Is the tower open?" });
  await expect(row).toContainText("Stored");
  await expect(row.getByRole("time")).toHaveCount(1); // When it was written: nothing else is known.

  const reader = await program("100");
  await reader.mark("seen", { seqs: [1] });
  await expect(row).toContainText(/Seen\d{1,2}:\d\d/u);
  await reader.mark("read", { seqs: [1] });
  await expect(row).toContainText(/Read\d{1,2}:\d\d/u);
  const way = row.locator("[title*=Stored]");
  for (const state of ["Stored", "Seen", "Read"]) {
    await expect(way).toHaveAttribute("title", new RegExp(`${state}: \\w+day, \\w+ \\d+, \\d+ at`, "u"));
  }

  await tab.page.reload(); // What the page was not told itself, it does not make up.
  await expect(tab.sent("Is the tower open?")).toContainText(/Read$|Read(?=Edit)/u);
});

test("[P26] Sent is done by keys alone: from row to row, edited, taken back", async ({ open, program }) => {
  const author = await program("101");
  await author.send({ to: "100", text: "One" }, { to: "100", text: "Two" });
  const tab = await open("101", { apart: narrow });
  const { keyboard } = tab.page;
  await expect(tab.sent("Two")).toBeVisible();
  await tab.page.locator("#bell").focus();
  await keyboard.press("Enter");
  const layer = bellOf(tab);
  await expect(layer.getByRole("heading")).toBeFocused();
  await filter(layer, "Sent").press("Enter");
  const [two, one] = [layer.getByRole("listitem").first(), layer.getByRole("listitem").nth(1)];
  await expect(two).toContainText("Two");
  for (const [key, row] of [
    ["j", two],
    ["j", one],
    ["k", two],
  ] as const) {
    await keyboard.press(key);
    await expect(row).toBeFocused();
  }
  await keyboard.press("Tab");
  await expect(two.getByRole("button", { name: "Edit" })).toBeFocused();
  await keyboard.press("Enter");
  await keyboard.type(" bells");
  await keyboard.press("Enter");
  await expect(two).toContainText("Two bells");
  await expect(two).toContainText("edited");
  await expect(two.getByRole("button", { name: "Edit" })).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(two).toContainText("Retracted");
  await expect(two).toBeFocused();
  await keyboard.press("e"); // What is done to notifications is not done here.
  await expect(layer.getByRole("listitem")).toHaveCount(2);
});

test("a draft that waits is taken back in Sent, and the keyboard goes on to the next row", async ({
  open,
  program,
}) => {
  const author = await program("101");
  await author.send({ to: "100", text: "It went out" });
  const tab = await open("101");
  await expect(tab.sent("It went out")).toBeVisible();
  await tab.page.routeWebSocket(/\/v1\/socket/u, (page) => {
    const hub = page.connectToServer();
    page.onMessage((message) => {
      if (!String(message).includes('"send"')) hub.send(message);
    });
  });
  await tab.page.reload();
  await expect(tab.online).toBeVisible();
  await tab.send("100", "It waits");
  await filter(tab.page.getByRole("region", { name: "Inbox" }), "Sent").click();
  const rows = tab.page.getByRole("region", { name: "Inbox" }).getByRole("listitem");
  await expect(rows.first()).toContainText("Sending");
  await rows.first().getByRole("button", { name: "Retract" }).press("Enter");
  await expect(rows.filter({ hasText: "It went out" })).toBeFocused();
});

test("[P27] what was sent long ago comes as the end comes near", async ({ open, program }) => {
  const author = await program("101");
  await author.send(...Array.from({ length: 90 }, (_, n) => ({ to: "100", text: `Number ${n + 1}` })));
  const tab = await open("101");
  await expect(tab.online).toBeVisible();
  const inbox = tab.page.getByRole("region", { name: "Inbox" });
  await filter(inbox, "Sent").click();
  await expect(inbox.getByText("Number 90", { exact: true })).toBeVisible();
  await inbox.getByRole("listitem").first().hover();
  await expect(async () => {
    await tab.page.mouse.wheel(0, 3_000);
    await expect(inbox.getByText("Number 1", { exact: true })).toBeVisible({ timeout: 300 });
  }).toPass();
  await expect(inbox.getByText("Nothing is older than this.")).toBeVisible();
});

for (const locale of ["zh-CN", "en-US"]) {
  test(`axe finds nothing wrong with Sent under the bell, ${locale}`, async ({ open, program }) => {
    const author = await program("101");
    const viewport = { width: 320, height: 640 };
    const { page } = await open("101", { apart: { locale, reducedMotion: "reduce", viewport } });
    await page.locator("#bell").click();
    await page
      .locator("[data-layer]")
      .getByRole("button", { name: /^(Sent|已发送)$/u })
      .click();
    await page
      .getByText(/not written to anybody|没有给谁发过/u)
      .last()
      .waitFor();
    await faultless(page);
    await author.send({ to: "a-name-that-does-not-fit-into-a-line-of-sent", text: "Two\nlines" });
    await page
      .locator("[data-layer]")
      .getByText(/Stored|已存储/u)
      .waitFor();
    await faultless(page);
    expect(await overflow(page)).toBe(0);
  });
}

function bellOf({ page }: Tab): Locator {
  return page.getByRole("dialog", { name: "Inbox" });
}

function filter(within: Locator, name: string): Locator {
  return within.getByRole("group", { name: "Which notifications to show" }).getByRole("button", { name });
}
