import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium } from "@playwright/test";
import { Hub } from "../fixtures/hub.ts";
import { Program } from "../fixtures/program.ts";
import { DELIVERED, Tab } from "../fixtures/tab.ts";
import { chromiumArgs, getBrowsers } from "../machine/chromium.ts";

// `pnpm look [FOLDER]`: pictures of the page as people see it, in both themes and languages, wide and narrow.

/** Each of the inbox's views on each of these. */
const SCREENS = {
  "wide-light": { colorScheme: "light" },
  "wide-dark-zh-CN": { colorScheme: "dark", locale: "zh-CN" },
  "narrow-light-zh-CN": {
    colorScheme: "light",
    locale: "zh-CN",
    viewport: { width: 320, height: 640 },
    hasTouch: true,
  },
  "narrow-dark": { colorScheme: "dark", viewport: { width: 390, height: 780 }, hasTouch: true },
} as const satisfies Record<string, BrowserContextOptions>;

const folder = process.argv[2] ?? "apps/web/pictures";
const place = await mkdtemp(join(tmpdir(), "carillon-look-"));
await mkdir(folder, { recursive: true });
const hub = await Hub.in(place, { CARILLON_SENDS_PER_SECOND: "0" });
const { whole } = await getBrowsers();
const browser = await chromium.launch({ executablePath: whole, args: chromiumArgs });
try {
  await photograph(browser, "empty-light", { colorScheme: "light" }, "200");
  await converse(browser);
  for (const colorScheme of ["light", "dark"] as const) {
    await photograph(browser, `wide-${colorScheme}`, { colorScheme }, "101", ringFrom("100"));
    await photograph(
      browser,
      `narrow-${colorScheme}`,
      { colorScheme, viewport: { width: 390, height: 780 } },
      "101",
      ringFrom("100"),
    );
  }
  await photograph(browser, "wide-zh-CN", { colorScheme: "light", locale: "zh-CN" }, "101", ringFrom("100"));
  await photograph(
    browser,
    "narrowest-zh-CN",
    { colorScheme: "dark", locale: "zh-CN", viewport: { width: 320, height: 640 } },
    "101",
  );
  await discuss();
  await putAway();
  for (const [index, [name, options]] of Object.entries(SCREENS).entries()) {
    const reader = readerOf(index);
    await photograph(browser, `thread-${name}`, options, "103", openThread);
    await photograph(browser, `bell-${name}`, options, "103", (tab) => press(tab, "#bell"));
    await photograph(browser, `settings-${name}`, options, "103", (tab) => press(tab, "#settings"));
    await photograph(browser, `keys-${name}`, options, "103", openKeys);
    await photograph(browser, `menu-${name}`, options, "103", (tab) => openMenu(tab, "m"));
    await photograph(browser, `times-${name}`, options, "103", (tab) => openMenu(tab, "h"));
    await photograph(browser, `snoozed-${name}`, options, "mira-away", (tab) => showFilter(tab, /^(Snoozed|稍后)$/u));
    await photograph(browser, `archived-${name}`, options, "mira-away", (tab) =>
      showFilter(tab, /^(Archived|已归档)$/u),
    );
    await photograph(browser, `muted-${name}`, options, "mira-away", frontInbox);
    await photograph(browser, `quiet-${name}`, options, "mira-away", quieten);
    const rung = `20${index}`;
    await photograph(browser, `toasts-${name}`, options, rung, (tab) => ringMore(tab, rung));
    await photograph(browser, `reply-${name}`, options, rung, (tab) => replyInToast(tab, rung));
    await photograph(browser, `targets-${name}`, options, "mira", openTargets);
    await photograph(browser, `further-down-${name}`, options, reader, (tab) => scrollDown(tab, reader));
    await photograph(browser, `undo-${name}`, options, reader, markAll);
    await photograph(browser, `caught-up-${name}`, options, reader, showUnread);
  }
  await photograph(browser, "offline-light", { colorScheme: "light" }, "101", async (tab) => {
    await hub.kill();
    await tab.online.waitFor({ state: "hidden" });
    await tab.send("100", "This one waits until the hub is back.");
  });
} finally {
  await browser.close();
  await hub.kill();
  await rm(place, { recursive: true });
}

async function openThread(tab: Tab): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByRole("button", { name: /replied|人回复/u }).click();
}

async function press(tab: Tab, button: "#bell" | "#settings"): Promise<void> {
  await tab.page.locator(button).click();
  await tab.page.locator("[data-layer]").waitFor();
}

/** A menu of the first row. */
async function openMenu(tab: Tab, key: "m" | "h"): Promise<void> {
  await frontInbox(tab);
  await tab.page.locator("[data-row]").first().focus();
  await tab.page.keyboard.press(key);
  await tab.page.locator('[data-layer="row"]').waitFor();
}

async function showFilter(tab: Tab, name: RegExp): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByRole("button", { name }).click();
}

/** Until somebody ends it; then the card of what came meanwhile. */
async function quieten(tab: Tab): Promise<void> {
  await press(tab, "#settings");
  await tab.page.locator("[data-quiet=withoutEnd]").click();
  const end = tab.page.getByRole("button", { name: /End it now|立即结束/u });
  await end.waitFor();
  const sender = await Program.of(hub.url, "100");
  await sender.send({ to: "mira-away", text: "While you were away." });
  await tab.page.getByText("While you were away.").last().waitFor({ state: "attached" });
  await end.click();
  await tab.page.keyboard.press("Escape");
  await tab.page.getByText(/came while it was quiet|免打扰期间来了/u).waitFor();
  sender.close();
}

async function openKeys(tab: Tab): Promise<void> {
  await tab.page.keyboard.press("?");
  await tab.page.locator("dialog").waitFor();
}

/** What interrupts, what belongs to a thread and leads somewhere, and what there is no room for. */
async function ringMore(tab: Tab, to: string): Promise<void> {
  const sender = await Program.of(hub.url, "tomás");
  const url = "https://example.com/";
  await sender.send(
    { to, text: "The tower is locked from six tonight. Bring your key.", priority: "high" },
    { to, text: "The third bell is tuned. Come and listen when you have a minute.", thread: "Timetable", url },
    { to, text: "谢谢！我也更新了说明页。" },
    { to, text: "And one more." },
  );
  await tab.page.getByText("And one more.").last().waitFor({ state: "attached" });
  await tab.page.getByText(/and \d+ new|另有/u).waitFor();
  sender.close();
}

async function replyInToast(tab: Tab, to: string): Promise<void> {
  await ringMore(tab, to);
  const toast = tab.page.getByRole("alertdialog");
  await toast.getByRole("button", { name: /Reply|回复/u }).click();
  await tab.page.keyboard.type("I have it with me.");
}

async function openTargets(tab: Tab): Promise<void> {
  const field = tab.page.locator("#compose-to");
  for (const to of ["tomás", "100", "a-colleague-with-a-rather-long-name-that-does-not-fit"]) {
    await field.fill(to);
    await tab.page.locator("#compose-text").fill("For you.");
    await tab.page.keyboard.press("Control+Enter");
  }
  await field.fill("");
  await field.press("ArrowDown");
  await tab.page.getByRole("listbox").waitFor();
}

async function scrollDown(tab: Tab, reader: string): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByText("Note 60", { exact: true }).waitFor();
  const { width, height } = tab.page.viewportSize() ?? { width: 0, height: 0 };
  await tab.page.mouse.move(width / 2, height * 0.4);
  await tab.page.mouse.wheel(0, 2_000);
  await tab.page.getByText("Note 60", { exact: true }).waitFor({ state: "detached" });
  const sender = await Program.of(hub.url, "mira");
  await sender.send({ to: reader, text: "Something new" });
  await tab.page.getByRole("button", { name: /^(1 new|1 条新通知)$/u }).waitFor();
  sender.close();
}

async function markAll(tab: Tab): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByRole("button", { name: /Mark all read|全部标为已读/u }).click();
  await tab.page.getByRole("button", { name: /Undo|撤销/u }).waitFor();
}

async function showUnread(tab: Tab): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByRole("button", { name: /^(Unread|未读)/u }).click();
  await tab.page.getByText(/caught up|看完了/u).waitFor();
}

async function frontInbox(tab: Tab): Promise<void> {
  const front = tab.page.locator("#tab-inbox");
  if (await front.isVisible()) await front.click();
}

/** Who reads a long inbox on a screen: once all of it is read, it is for good. */
function readerOf(screen: number): string {
  return String(104 + screen);
}

/** A thread of three people for 103, and a long inbox for the reader of each screen. */
async function discuss(): Promise<void> {
  const names = ["100", "mira", "tomás"] as const;
  const [a, b, c] = await Promise.all(names.map((uid) => Program.of(hub.url, uid)));
  const thread = "Timetable, spring";
  await a?.send({ to: "103", text: "The second bell should ring a quarter earlier, I think.", thread });
  await c?.send({ to: "103", text: "The rope of the third bell is worn. Who orders a new one?" });
  await b?.send({ to: "103", text: "Agreed. The school is out by then.", thread });
  await a?.send({ to: "103", text: "谢谢！我也更新了说明页。" });
  await c?.send({ to: "103", text: "And on Sundays?", thread });
  const long = "A long one, to see where it is cut and what stands behind the fold. ".repeat(9);
  await a?.send({ to: "103", text: long, thread: "notes" });
  await a?.send({ to: "103", text: "On Sundays as it was. I will write it down tonight.", thread });
  for (const index of Object.keys(SCREENS).keys())
    await b?.send(...Array.from({ length: 60 }, (_, n) => ({ to: readerOf(index), text: `Note ${n + 1}` })));
  for (const program of [a, b, c]) program?.close();
}

/** Something archived, snoozed and muted. */
async function putAway(): Promise<void> {
  const [a, reader] = await Promise.all([Program.of(hub.url, "tomás"), Program.of(hub.url, "mira-away")]);
  const to = "mira-away";
  await a.send(
    { to, text: "The rope of the third bell is worn. Who orders a new one?" },
    { to, text: "Rehearsal is on Thursday, not on Friday.", thread: "Rehearsals" },
    { to, text: "The tower key is back in its box." },
  );
  await reader.mark("archived", { seqs: [1] });
  await reader.snooze([2], Date.now() + 3 * 24 * 60 * 60_000);
  await reader.mute({ thread: "Timetable, spring" }, true);
  await reader.mute({ from: "100" }, true);
  const muted = await Program.of(hub.url, "100");
  await muted.send({ to, text: "A word from somebody who is muted." });
  await reader.mute({ from: "100" }, false);
  for (const program of [a, reader, muted]) program.close();
}

/** Something for both to look at: long and short, right-to-left, in a thread, delivered and not. */
async function converse(on: Browser): Promise<void> {
  const [a, b] = await Promise.all([visit(on, {}, "100"), visit(on, {}, "101")]);
  await a.send("101", "I read your comment on the timetable. The second bell should ring a quarter earlier, I think.");
  await b.send("100", "Agreed. I will move it tonight.");
  await a.send("101", "谢谢！我也更新了说明页。");
  await a.send(
    "101",
    `${"A long one, to see where it is cut and what stands behind the fold. ".repeat(9)}\n\nAnd a second paragraph.`,
  );
  await b.send(
    "a-colleague-with-a-rather-long-name-that-does-not-fit",
    "Could you look at the third bell? It sounds flat.",
  );
  await a.send("101", "שלום, והנה משהו מימין לשמאל");
  await b.sent("Agreed. I will move it tonight.").getByText(DELIVERED).waitFor();
  await Promise.all([a, b].map(({ page }) => page.context().close()));
}

function ringFrom(uid: string): (tab: Tab) => Promise<void> {
  return async (tab) => {
    const sender = await visit(browser, {}, uid);
    const text = "The third bell is tuned. Come and listen when you have a minute.";
    await sender.send("101", text);
    await tab.page.getByText(text).last().waitFor();
    await sender.page.context().close();
  };
}

async function photograph(
  on: Browser,
  name: string,
  options: BrowserContextOptions,
  uid: string,
  prepare = async (_tab: Tab) => {},
) {
  const tab = await visit(on, options, uid);
  await prepare(tab);
  await tab.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
  await tab.page.screenshot({ path: join(folder, `${name}.png`) });
  await tab.page.context().close();
}

async function visit(on: Browser, options: BrowserContextOptions, uid: string): Promise<Tab> {
  const context = await on.newContext({ locale: "en-US", viewport: { width: 1200, height: 780 }, ...options });
  const page = await context.newPage();
  await page.goto(`${hub.url}/?uid=${uid}`);
  await page
    .getByRole("status")
    .filter({ hasText: /Online|在线/u })
    .waitFor();
  return new Tab(page);
}
