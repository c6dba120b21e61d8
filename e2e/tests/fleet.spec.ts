import { attendedOf } from "../fixtures/attended.ts";
import { HubHere } from "../fixtures/hub-here.ts";
import type { Tab } from "../fixtures/tab.ts";
import { expect, type RunningHub, test as base } from "../fixtures/test.ts";
import { RedisServer } from "../machine/redis.ts";

/** The test's own hub is the first of three on one Redis. */
const test = base.extend<{ redis: RedisServer; others: readonly [RunningHub, RunningHub] }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs.
  redis: async ({}, use) => {
    await using redis = await RedisServer.start();
    await use(redis);
  },
  settings: ({ redis }, use) => use({ CARILLON_STORE: redis.url }),
  others: async ({ place, settings }, use) => {
    const others = await Promise.all([HubHere.in(place, settings), HubHere.in(place, settings)]);
    await use(others);
    await Promise.all(others.map((hub) => hub.close()));
  },
});

/** Of a screen where only one pane fits: it begins with Write, and sees nothing before it is led to the inbox. */
const narrow = { viewport: { width: 390, height: 780 } };

test("[P14] [P24] [P25] [P45] who writes on one hub and who reads on two others: presence, receipts and marks cross", async ({
  open,
  others: [second, third],
}) => {
  const author = await open("100");
  const to = author.page.getByRole("combobox", { name: "To", exact: true });
  await to.fill("101");
  await expect(to).toHaveAccessibleDescription("Away");
  const phone = await open("101", { apart: narrow, at: third });
  await expect(to).toHaveAccessibleDescription("Online");

  await author.send("101", "From the first house");
  await expect(phone.bell(1)).toBeVisible();
  await expect(author.sent("From the first house")).toContainText("Delivered");
  const desk = await open("101", { apart: true, at: second });
  await expect(desk.row("From the first house")).toContainText("unread");
  await expect(phone.bell(0)).toBeVisible(); // Seen at the desk.
  await expect(author.sent("From the first house")).toContainText("Seen");

  await markRead(desk, "From the first house");
  await expect(author.sent("From the first house")).toContainText("Read");
  await phone.bell(0).click();
  await expect(phone.row("From the first house")).not.toContainText("unread");

  await author.send("101", "And once more");
  await expect(desk.inbox("And once more")).toBeVisible();
  await expect(phone.inbox("And once more")).toBeVisible();
  await phone.page.close();
  await to.fill("101");
  await expect(to).toHaveAccessibleDescription("Online"); // At the desk.
  await desk.page.close();
  await expect(to).toHaveAccessibleDescription("Away", { timeout: 15_000 });
});

test("[P56] a thread that is attended on one hub is attended where another stores", async ({
  open,
  program,
  others: [second],
}) => {
  const author = await program("100");
  const thread = "Timetable";
  await author.send({ to: "101", text: "First", thread });
  const tab = await open("101", { apart: true, at: second });
  const attended = attendedOf(tab, thread);
  await tab.page.reload();
  await tab.row("First").focus();
  await tab.page.keyboard.press("g");
  await expect(tab.row("First")).toContainText("Replies appear here");
  await expect.poll(() => attended.size).toBe(1);
  await author.send({ to: "101", text: "Second", thread });
  await expect(tab.inbox("Second")).toBeVisible();
  await expect(tab.toast("Second")).toHaveCount(0);
});

async function markRead(tab: Tab, text: string): Promise<void> {
  await tab.row(text).hover();
  await tab.row(text).getByRole("button", { name: "Mark read" }).click();
}
