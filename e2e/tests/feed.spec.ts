import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";
import type { Tab } from "../fixtures/tab.ts";

// Programs write faster here than a user may.
test.use({ settings: { CARILLON_SENDS_PER_SECOND: "0" } });

/** Of a screen where only one pane fits: it begins with Write, and sees nothing before it is led to the inbox. */
const narrow = { viewport: { width: 390, height: 780 } };

test("the bell shows the inbox over the page; Escape closes it, and the keyboard returns to the bell", async ({
  open,
  program,
}) => {
  const author = await program("100");
  await author.send({ to: "101", text: "One" }, { to: "101", text: "Two" });
  const tab = await open("101", { apart: narrow });
  await tab.bell(2).click();
  const layer = tab.page.getByRole("dialog", { name: "Inbox" });
  await expect(layer.getByText("Two", { exact: true })).toBeVisible();
  await expect(tab.page.getByRole("dialog")).toHaveCount(1); // What rang stands there: no toast is in its way.
  await expect(layer.getByRole("heading", { name: "Inbox" })).toBeFocused();

  await tab.page.keyboard.press("Escape");
  await expect(layer).toHaveCount(0);
  await expect(tab.page.locator("#bell")).toBeFocused();

  await tab.page.keyboard.press("Enter");
  await expect(layer).toBeVisible();
  await tab.page.locator("#bell").click();
  await expect(layer).toHaveCount(0);

  await tab.page.locator("#bell").click();
  await layer.getByRole("button", { name: "Open the inbox" }).click();
  await expect(layer).toHaveCount(0);
  await expect(tab.page.getByRole("heading", { name: "Inbox" })).toBeFocused();
  await expect(tab.rows).toHaveCount(2);
});

test("where the inbox is in sight, the bell leads there: no list is seen twice", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "One" });
  const tab = await open("101", { apart: narrow });
  const layer = tab.page.getByRole("dialog", { name: "Inbox" });
  const heading = tab.page.getByRole("heading", { name: "Inbox" });
  await tab.bell(1).click();
  await expect(layer).toBeVisible();
  await tab.page.setViewportSize({ width: 1200, height: 780 });
  await expect(layer).toHaveCount(0);
  await expect(tab.row("One")).toHaveCount(1);
  for (const where of ["beside", "in front"]) {
    await tab.page.locator("#bell").focus();
    await expect(tab.page.locator("#bell"), where).not.toHaveAttribute("aria-haspopup", /./u);
    await tab.page.keyboard.press("Enter");
    await expect(heading, where).toBeFocused();
    await expect(layer, where).toHaveCount(0);
    await tab.page.setViewportSize(narrow.viewport); // The bell brought it to the front there, too.
  }
});

test("[P23] what stands under the bell for a second is seen, and nothing else is", async ({ open, program }) => {
  const author = await program("100");
  await author.send(...numbered(30));
  const tab = await open("101", { apart: { viewport: { width: 390, height: 500 } } });
  await tab.bell(30).click();
  await expect(tab.bell(30)).toHaveCount(0);
  const badge = tab.page.locator("#bell");
  await expect(badge).toHaveAccessibleName(/^2\d unseen notifications$/u);
  await expect(tab.rows.first()).toContainText("Number 30");
});

test("[P23] a newer reply in a row that is in sight already is seen, too", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "First", thread: "t" });
  const tab = await open("101", { apart: true });
  await expect(tab.row("First")).toBeVisible();
  await expect(tab.bell(0)).toBeVisible();
  await author.send({ to: "101", text: "Second", thread: "t" });
  await expect(tab.row("Second")).toContainText("2 replies");
  await expect(tab.bell(0)).toBeVisible();
});

test("[P35] a row leads where its notification does, by its link and by a key, and is read then", async ({
  open,
  program,
}) => {
  const author = await program("100");
  await author.send({ to: "101", text: "Here", url: "/?uid=102" }, { to: "101", text: "There", url: "/?uid=103" });
  const tab = await open("101", { apart: true });
  const context = tab.page.context();
  await tab.row("Here").focus();
  const [byKey] = await Promise.all([context.waitForEvent("page"), tab.page.keyboard.press("o")]);
  expect(byKey.url()).toContain("uid=102");
  await tab.page.bringToFront();
  const link = tab.row("There").getByRole("link", { name: "Open" });
  const [byLink] = await Promise.all([context.waitForEvent("page"), link.click()]);
  expect(byLink.url()).toContain("uid=103");
  for (const text of ["Here", "There"]) await expect(tab.row(text)).not.toContainText("unread");
});

test("a badge has room for two digits", async ({ open, program }) => {
  const author = await program("100");
  await author.send(...numbered(100));
  const tab = await open("101", { apart: narrow });
  await expect(tab.bell(100)).toHaveText("99+");
  await expect(tab.page).toHaveTitle("(99+) 101 · Carillon");
});

test("replies in one thread are one row, which keeps every text; what is done to it is done to all", async ({
  open,
  program,
}) => {
  const [mira, tom] = await Promise.all([program("mira"), program("tom")]);
  const thread = "Timetable";
  await mira.send({ to: "101", text: "First", thread });
  await tom.send({ to: "101", text: "Second", thread });
  await tom.send({ to: "101", text: "Elsewhere" });
  await mira.send({ to: "101", text: "Third", thread });
  const tab = await open("101", { apart: narrow });
  await tab.showInbox();
  await expect(tab.rows).toHaveCount(2);
  const group = tab.row("Third");
  await expect(group.getByRole("button", { name: "2 people replied, 3 new since you looked" })).toBeVisible();
  // The newest has been in sight for a second then; the others have not.
  const line = group.getByRole("button", { name: "2 people replied, 2 new since you looked" });
  await line.click();
  await expect(tab.rows).toHaveText([/Third/u, /Second/u, /First/u, /Elsewhere/u]);
  await expect(group.getByRole("button", { name: "2 people replied", exact: true })).toHaveAttribute(
    "aria-expanded",
    "true",
  );

  await group.getByRole("button", { name: "Mark read" }).click();
  for (const text of ["First", "Second", "Third"]) await expect(tab.row(text)).not.toContainText("unread");
  await expect(tab.row("Elsewhere")).toContainText("unread");
  await tab.page.getByRole("button", { name: "Undo" }).click();
  for (const text of ["First", "Second", "Third"]) await expect(tab.row(text)).toContainText("unread");
});

test("[P23] marking all read can be taken back for some seconds: exactly those are unread again", async ({
  open,
  program,
}) => {
  const author = await program("100");
  await author.send(...["One", "Two", "Three"].map((text) => ({ to: "101", text })));
  const [tab, other] = await Promise.all([open("101", { apart: true }), open("101", { apart: true })]);
  await tab.row("Two").getByRole("button", { name: "Mark read" }).click();
  await tab.page.getByRole("button", { name: "Mark all read" }).press("Enter");
  for (const text of ["One", "Two", "Three"]) await expect(other.row(text)).not.toContainText("unread");
  await expect(tab.page.getByText("2 marked read.")).toBeVisible();

  await expect(tab.page.getByRole("button", { name: "Undo" })).toBeFocused();
  await tab.page.keyboard.press("Enter");
  for (const each of [tab, other]) {
    await expect(each.row("One")).toContainText("unread");
    await expect(each.row("Three")).toContainText("unread");
    await expect(each.row("Two")).not.toContainText("unread");
  }
  await expect(tab.page.getByRole("button", { name: "Mark all read" })).toBeEnabled();
});

test("among the unread, what is read leaves, and the keyboard goes on to the next", async ({ open, program }) => {
  const author = await program("100");
  await author.send(...["One", "Two", "Three"].map((text) => ({ to: "101", text })));
  const tab = await open("101", { apart: true });
  await tab.page.getByRole("button", { name: /^Unread/u }).click();
  const { keyboard } = tab.page;
  await keyboard.press("j");
  await expect(tab.row("Three")).toBeFocused();
  await keyboard.press("Shift+I");
  await expect(tab.row("Two")).toBeFocused();
  await keyboard.press("j");
  await keyboard.press("Shift+I");
  await expect(tab.row("Two")).toBeFocused();
  await keyboard.press("Shift+I");
  await expect(tab.page.getByText("You are all caught up.")).toBeVisible();
  await expect(tab.page.getByRole("heading", { name: "Inbox" })).toBeFocused();
  await tab.page.getByRole("button", { name: "All", exact: true }).click();
  await expect(tab.rows).toHaveCount(3);
});

test("an inbox is done by keys alone, and a key is a letter where somebody types", async ({ open, program }) => {
  const author = await program("100");
  const long = `A long one. ${"There is more behind the fold. ".repeat(20)}`;
  await author.send({ to: "101", text: "Older", thread: "Bells" }, { to: "101", text: long });
  await author.send({ to: "101", text: "Newer", thread: "Bells" });
  const tab = await open("101", { apart: true });
  await expect(tab.rows).toHaveCount(2);
  const { keyboard } = tab.page;

  await keyboard.press("j");
  await expect(tab.row("Newer")).toBeFocused();
  await keyboard.press("g");
  await expect(tab.rows).toHaveCount(3);
  await keyboard.press("j");
  await expect(tab.row("Older")).toBeFocused();
  await keyboard.press("g");
  await expect(tab.rows).toHaveCount(2);
  await expect(tab.row("Newer")).toBeFocused();
  await keyboard.press("j");
  await keyboard.press("Enter");
  await expect(tab.page.getByRole("button", { name: "less" })).toBeVisible();
  await keyboard.press("o");
  await expect(tab.page.getByRole("button", { name: "more", exact: true })).toBeVisible();

  await keyboard.press("k");
  await keyboard.press("Shift+I");
  await expect(tab.row("Newer")).not.toContainText("unread");
  await keyboard.press("Shift+U");
  await expect(tab.row("Newer")).toContainText("unread");

  await keyboard.press("r");
  const message = tab.page.getByRole("textbox", { name: "Message" });
  await expect(message).toBeFocused();
  await expect(tab.page.getByRole("combobox", { name: "To" })).toHaveValue("100");
  await keyboard.type("jkr?");
  await expect(message).toHaveValue("jkr?");
  const target = await open("100", { apart: true });
  await keyboard.press("ControlOrMeta+Enter");
  await expect(target.row("jkr?")).toContainText("Bells");
});

test("? lists the keys; Escape closes what opened last; single keys are off once they are switched off", async ({
  open,
  program,
}) => {
  const author = await program("100");
  await author.send({ to: "101", text: "One" });
  const tab = await open("101");
  await expect(tab.row("One")).toBeVisible();
  const { keyboard } = tab.page;
  const keys = tab.page.getByRole("dialog", { name: "Keys" });
  const inbox = tab.page.getByRole("dialog", { name: "Inbox" });

  await tab.page.setViewportSize(narrow.viewport);
  await tab.page.locator("#bell").click();
  await expect(inbox.getByRole("heading")).toBeFocused();
  await keyboard.press("j");
  const row = inbox.getByRole("listitem");
  await expect(row).toBeFocused();
  await keyboard.press("?");
  await expect(keys).toContainText("Next notification");
  await keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await expect(row).toBeFocused();
  await keyboard.press("Escape");
  await expect(inbox).toHaveCount(0);
  await expect(tab.page.locator("#bell")).toBeFocused();

  await tab.page.setViewportSize({ width: 1200, height: 780 });
  await tab.page.getByRole("button", { name: "Settings" }).click();
  await tab.page.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await keyboard.press("Escape");
  await expect(tab.page.getByRole("button", { name: "Settings" })).toBeFocused();
  for (const state of ["now", "after a reload"]) {
    await keyboard.press("?");
    await keyboard.press("j");
    await expect(tab.row("One"), state).not.toBeFocused();
    await expect(keys).toHaveCount(0);
    await tab.page.reload();
    await expect(tab.row("One")).toBeVisible();
  }
});

test("theme and language are chosen in the settings, and hold", async ({ open }) => {
  const tab = await open("101");
  await tab.page.getByRole("button", { name: "Settings" }).click();
  await tab.page.getByText("Dark", { exact: true }).click();
  await expect(tab.page.locator("html")).toHaveAttribute("data-theme", "dark");
  await tab.page.getByText("简体中文", { exact: true }).click();
  await expect(tab.page.getByRole("heading", { name: "收件箱" })).toBeVisible();
  await tab.page.reload();
  await expect(tab.page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(tab.page.getByRole("heading", { name: "收件箱" })).toBeVisible();
});

test("a draft for somebody else is not sent astray by an answer", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "A question" });
  const tab = await open("101", { apart: true });
  await tab.page.getByRole("combobox", { name: "To" }).fill("102");
  await tab.page.getByRole("textbox", { name: "Message" }).fill("For 102 alone");
  await expect(tab.row("A question").getByRole("button", { name: "Reply" })).toBeDisabled();
  await tab.row("A question").focus();
  await tab.page.keyboard.press("r");
  await expect(tab.page.getByRole("textbox", { name: "Message" })).toBeFocused();
  await expect(tab.page.getByRole("combobox", { name: "To" })).toHaveValue("102");
});

test("[P27] older ones come as the end comes near, and few rows are drawn at a time", async ({ open, program }) => {
  const author = await program("100");
  await author.send(...numbered(130));
  const tab = await open("101", { apart: true });
  await expect(tab.rows.first()).toContainText("Number 130");
  const last = tab.inbox("Number 1");
  await expect(async () => {
    await wheel(tab, 3_000);
    await expect(last).toBeInViewport({ timeout: 100 });
  }).toPass();
  await expect(tab.page.getByText("Nothing is older than this.")).toBeVisible();
  expect(await tab.rows.count()).toBeLessThan(60);
});

test("[P26] where the newest are all taken back, the older ones are shown", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "Still stands" });
  await author.retract(...(await author.send(...numbered(45))));
  const tab = await open("101", { apart: true });
  await expect(tab.inbox("Still stands")).toBeVisible();
  await expect(tab.page.getByText("All quiet here.")).toHaveCount(0);
});

for (const [where, viewport] of [
  ["a pane", { width: 1200, height: 780 }],
  ["a narrow page", narrow.viewport],
] as const) {
  test(`what comes while the reader is further down in ${where} moves nothing, and is told`, async ({
    open,
    program,
  }) => {
    const author = await program("100");
    await author.send(...numbered(60));
    const tab = await open("101", { apart: { viewport } });
    if (viewport.width < 960) await tab.showInbox();
    await expect(tab.inbox("Number 60")).toBeVisible();
    await wheel(tab, 1_500);
    await expect(tab.inbox("Number 60")).toHaveCount(0);
    await tab.page.waitForFunction(settled);
    const [text, before] = await firstInSight(tab);

    await author.send({ to: "101", text: "Fresh" }, { to: "101", text: "Fresher" });
    const pill = tab.page.getByRole("button", { name: "2 new", exact: true });
    await expect(pill).toBeVisible();
    expect(Math.abs((await topOf(tab.inbox(text))) - before)).toBeLessThan(2);

    await pill.click();
    await expect(tab.row("Fresher")).toBeFocused();
    await expect(tab.row("Fresher")).toBeInViewport();
    await expect(pill).toHaveCount(0);
  });
}

test("a row with the keyboard keeps it, however far its reader scrolls", async ({ open, program }) => {
  const author = await program("100");
  await author.send(...numbered(100));
  const tab = await open("101", { apart: true });
  await expect(tab.inbox("Number 100")).toBeVisible();
  await tab.page.keyboard.press("j");
  await tab.page.keyboard.press("j");
  await wheel(tab, 6_000);
  await expect(tab.inbox("Number 100")).toHaveCount(0);
  await expect(tab.row("Number 99")).toBeFocused();
  await tab.page.keyboard.press("j");
  await expect(tab.row("Number 98")).toBeFocused();
  await expect(tab.row("Number 98")).toBeInViewport();
});

test("where the browser forbids storage, the page starts, signs in, sends and forgets", async ({ hub, page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException("Access is denied for this document.", "SecurityError");
        },
      });
  });
  await page.goto(`${hub.url}/?uid=101`);
  await expect(page.getByRole("status").filter({ hasText: "Online" })).toBeVisible();
  await page.getByRole("combobox", { name: "To", exact: true }).fill("101");
  await page.getByRole("textbox", { name: "Message", exact: true }).fill("To myself");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("region", { name: "Inbox" })).toContainText("To myself");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

function numbered(count: number): { to: string; text: string }[] {
  return Array.from({ length: count }, (_, index) => ({ to: "101", text: `Number ${index + 1}` }));
}

/** Turns the wheel over the inbox. */
async function wheel(tab: Tab, by: number): Promise<void> {
  await tab.rows.first().hover({ force: true, trial: true });
  const { width, height } = tab.page.viewportSize() ?? { width: 0, height: 0 };
  await tab.page.mouse.move(width / 2, height * 0.4);
  await tab.page.mouse.wheel(0, by);
}

/** The text of the first row that is wholly in sight, and where it stands. */
async function firstInSight(tab: Tab): Promise<[string, number]> {
  for (const text of await tab.rows.locator(".words").all()) {
    const top = await topOf(text);
    if (top > 200) return [(await text.textContent()) ?? "", top];
  }
  throw new Error("No row is in sight.");
}

async function topOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.y ?? Number.NaN;
}

/** Whether nothing on the page has scrolled since the last frame. */
function settled(): boolean {
  const list = document.querySelector("[data-row]")?.parentElement?.getBoundingClientRect().top ?? 0;
  const before: unknown = Reflect.get(globalThis, "lastTop");
  Reflect.set(globalThis, "lastTop", list);
  return before === list;
}
