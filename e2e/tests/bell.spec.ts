import { hide, locks, notices, rested, tones, witnessAlerts } from "../fixtures/alerts.ts";
import { faultless } from "../fixtures/axe.ts";
import type { Tab } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";

// Five tabs take their time where many share a machine.
test.describe.configure({ timeout: 90_000 });

const FIVE = [1, 2, 3, 4, 5];

test.describe("where the system may show notices", () => {
  test.beforeEach(({ context }) => witnessAlerts(context, "granted"));

  test("of five tabs, one is heard; after that is closed, another one", async ({ open, program }) => {
    const author = await program("100");
    const tabs = await five(open);
    await choose(tabs, "Sound");
    for (const { page } of tabs) await page.getByRole("heading", { name: "Sent" }).click(); // A tab that was never used is not heard.
    await expect.poll(() => locks(tabs[0].page, "carillon:sound:101")).toEqual({ held: 1, pending: 4 });
    await rested(tabs[0]); // It sounded when it was chosen.
    const before = await Promise.all(tabs.map(tones));

    await author.send({ to: "101", text: "One" });
    for (const tab of tabs) await expect(tab.toast("One")).toBeVisible();
    const after = await Promise.all(tabs.map(tones));
    const heard = tabs.filter((_, index) => after[index] !== before[index]);
    expect(heard).toHaveLength(1);

    await heard[0]?.page.close();
    const rest = tabs.filter((tab) => tab !== heard[0]);
    const [next] = rest;
    if (next === undefined) throw new Error("No tab is left.");
    await expect.poll(() => locks(next.page, "carillon:sound:101")).toEqual({ held: 1, pending: 3 });
    const quiet = await Promise.all(rest.map(tones));
    await author.send({ to: "101", text: "Two" });
    for (const tab of rest) await expect(tab.toast("Two")).toBeVisible();
    const loud = await Promise.all(rest.map(tones));
    expect(rest.filter((_, index) => loud[index] !== quiet[index])).toHaveLength(1);
  });

  test("[P37] what is of low priority is not heard", async ({ open, program }) => {
    const author = await program("100");
    const tab = await open("101");
    await choose([tab], "Sound");
    const before = await tones(tab);
    expect(before).toBeGreaterThan(0); // It sounds when it is chosen.
    await author.send({ to: "101", text: "Some time", priority: "low" });
    await expect(tab.inbox("Some time")).toBeVisible();
    expect(await tones(tab)).toBe(before);
  });

  test("of five hidden tabs, one shows a notice and all say it by title and icon; after that is closed, another one", async ({
    open,
    program,
  }) => {
    const author = await program("100");
    const tabs = await five(open);
    await choose(tabs, "Desktop notifications");
    await expect.poll(() => locks(tabs[0].page, "carillon:notices:101")).toEqual({ held: 1, pending: 4 });
    for (const tab of tabs) await hide(tab, true);
    await expect.poll(() => locks(tabs[0].page, "carillon:sight:101")).toEqual({ held: 0, pending: 0 });

    await author.send({ to: "101", text: "One" });
    await expect.poll(() => shownIn(tabs)).toEqual(["One"]);
    for (const { page } of tabs) {
      await expect(page).toHaveTitle("(1) 101 · Carillon");
      await expect(page.locator("link[rel=icon]")).toHaveAttribute("href", /^data:image\/svg\+xml,/u);
    }
    const shown = await Promise.all(tabs.map(notices));
    const holder = tabs.find((_, index) => shown[index]?.length === 1);
    await holder?.page.close();
    const rest = tabs.filter((tab) => tab !== holder);
    const [next] = rest;
    if (next === undefined) throw new Error("No tab is left.");
    await expect.poll(() => locks(next.page, "carillon:notices:101")).toEqual({ held: 1, pending: 3 });
    await author.send({ to: "101", text: "Two" });
    await expect.poll(() => shownIn(rest)).toEqual(["Two"]);

    await hide(next, false); // There it is looked at.
    for (const { page } of rest) await expect(page).toHaveTitle("101 · Carillon");
    await expect(next.page.locator("link[rel=icon]")).toHaveAttribute("href", "/favicon.svg");
    await expect.poll(() => shownIn(rest)).toEqual([]);
  });

  test("while any tab is in sight there is no notice, for that one toasts", async ({ open, program }) => {
    const author = await program("100");
    const tabs = await five(open);
    await choose(tabs, "Desktop notifications");
    for (const tab of tabs.slice(1)) await hide(tab, true);
    await expect.poll(() => locks(tabs[0].page, "carillon:sight:101")).toEqual({ held: 1, pending: 0 });
    await author.send({ to: "101", text: "In sight" });
    await expect(tabs[0].toast("In sight")).toBeVisible();
    for (const tab of tabs) await expect(tab.inbox("In sight")).toHaveCount(1);
    await expect(tabs[0].row("In sight")).toContainText("unread");
    await expect(tabs[0].bell(0)).toBeVisible(); // Seen a second later, which is time enough.
    expect((await Promise.all(tabs.map(notices))).flat()).toEqual([]);
  });

  test("[P26] a notice goes when it is taken back, or read elsewhere; many are one", async ({ open, program }) => {
    const author = await program("100");
    const [tab, other] = [await open("101"), await open("101", { apart: true })];
    await choose([tab], "Desktop notifications");
    await hide(tab, true);
    await other.page.getByRole("heading", { name: "Inbox" }).waitFor();
    await other.page.close();
    await expect.poll(() => locks(tab.page, "carillon:sight:101")).toEqual({ held: 0, pending: 0 });

    const [id] = await author.send({ to: "101", text: "A slip" });
    await expect.poll(() => shownIn([tab])).toEqual(["A slip"]);
    await author.retract(id ?? "");
    await expect.poll(() => shownIn([tab])).toEqual([]);

    await author.send(...["One", "Two", "Three", "Four", "Five"].map((text) => ({ to: "101", text })));
    await expect.poll(() => shownIn([tab])).toEqual(["One", "Three", "Two", "2 new"].toSorted());
    const reader = await open("101", { apart: true });
    await reader.page.getByRole("button", { name: "Mark all read" }).click();
    await expect.poll(() => shownIn([tab])).toEqual([]);
  });
});

test.describe("where the browser forbids notices", () => {
  test.beforeEach(({ context }) => witnessAlerts(context, "denied"));

  test("they stay off, and the settings say why", async ({ open }) => {
    const { page } = await open("101");
    await page.locator("#settings").click();
    const box = page.getByRole("checkbox", { name: "Desktop notifications" });
    await box.click();
    await expect(page.getByText("Your browser blocks them")).toBeVisible();
    await expect(box).not.toBeChecked();
    await faultless(page);
  });
});

test("what is chosen in one tab holds in all tabs of the browser", async ({ open }) => {
  const [one, other] = [await open("101"), await open("101")];
  await expect(other.online).toBeVisible();
  await one.page.locator("#settings").click();
  await one.page.getByText("Dark", { exact: true }).click();
  await one.page.getByRole("checkbox", { name: "Single-key shortcuts" }).click();
  await one.page.getByText("简体中文", { exact: true }).click();
  await expect(other.page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(other.page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await other.page.locator("#settings").click();
  await expect(other.page.getByRole("checkbox", { name: "单键快捷键" })).not.toBeChecked();
  await expect(other.page.getByRole("radio", { name: "深色" })).toBeChecked();
});

/** Five tabs of 101 in one browser. */
async function five(open: (uid: string) => Promise<Tab>): Promise<readonly [Tab, ...Tab[]]> {
  const [first, ...others] = await Promise.all(FIVE.map(() => open("101")));
  if (first === undefined) throw new Error("There is no tab.");
  for (const tab of [first, ...others]) await expect(tab.online).toBeVisible();
  return [first, ...others];
}

/** Switches it on in the settings of the first tab; the others follow. */
async function choose([first]: readonly Tab[], what: "Sound" | "Desktop notifications"): Promise<void> {
  if (first === undefined) return;
  await first.page.locator("#settings").click();
  const box = first.page.getByRole("checkbox", { name: what });
  await box.click();
  await expect(box).toBeChecked();
  await first.page.keyboard.press("Escape");
}

/** What all notices of these tabs say that the system still shows, in the order of their words. */
async function shownIn(tabs: readonly Tab[]): Promise<string[]> {
  const all = await Promise.all(tabs.map(notices));
  return all
    .flat()
    .filter(({ isClosed }) => !isClosed)
    .map(({ title, body }) => body ?? title)
    .toSorted();
}
