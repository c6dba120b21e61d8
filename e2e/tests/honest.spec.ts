import { Close } from "@carillon/protocol";
import type { Page } from "@playwright/test";
import { faultless } from "../fixtures/axe.ts";
import { connectionErrors, expect, test, testApart } from "../fixtures/test.ts";

// axe takes its time where many share a machine.
test.describe.configure({ timeout: 90_000 });

test("before the hub has answered, the page says that it is connecting", async ({ hub, page, complaints }) => {
  await complaints.hear(page, "100");
  await page.routeWebSocket(/\/v1\/socket/u, () => {}); // Opens, and nobody answers.
  await page.goto(`${hub.url}/?uid=100`);
  await expect(status(page)).toContainText("Connecting");
  await faultless(page);
  expect(complaints.unallowed()).toEqual([]);
});

test("a part of the page whose code did not come is asked for again, and says what came meanwhile", async ({
  hub,
  page,
  open,
  complaints,
}) => {
  complaints.allow(connectionErrors);
  await complaints.hear(page, "101");
  let isAway = true;
  await page.route(/\/assets\/stay-.*\.js/u, (route) => (isAway ? route.abort("connectionrefused") : route.continue()));
  await page.goto(`${hub.url}/?uid=101`);
  await expect(status(page)).toHaveText("Online");
  await expect(page.getByRole("alert")).toContainText("Reload"); // In place of the inbox.
  isAway = false;
  const author = await open("100");
  await author.send("101", "Here I am.");
  await expect(page.getByRole("dialog").filter({ hasText: "Here I am." })).toBeVisible();
});

testApart(
  "without a connection the page counts down to the next attempt, and tries at once when it is asked to",
  async ({ hub, open, complaints }) => {
    complaints.allow(connectionErrors);
    const { page, online } = await open("100");
    await expect(status(page)).toHaveText("Online");
    await hub.kill();
    await expect(status(page)).toContainText("Connection lost.");
    await faultless(page);
    await hub.start();
    await expect(online).toBeVisible({ timeout: 20_000 });

    // From here on the page's time stands still, so that it is not the countdown that brings it back.
    await page.clock.install();
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
    await hub.kill();
    await expect(status(page)).toContainText(/Connection lost\. Reconnecting (in \d+ s|now)\./u);
    await hub.start();
    await page.getByRole("button", { name: "Try now" }).click();
    await expect(online).toBeVisible();
    await expect(page.getByRole("button", { name: "Try now" })).toHaveCount(0);
  },
);

test.describe("where the newest connection counts", () => {
  test.use({ settings: { CARILLON_CONNECTIONS: "latest" } });

  test("[P20] the tab that was replaced says so, and takes its place back only when it is asked to", async ({
    open,
  }) => {
    const first = await open("100");
    await expect(first.online).toBeVisible();
    const second = await open("100");
    await expect(second.online).toBeVisible();
    await expect(status(first.page)).toHaveText("You connected somewhere else, and this page stepped back.");
    await faultless(first.page);
    await first.page.getByRole("button", { name: "Try again" }).click();
    await expect(first.online).toBeVisible();
    await expect(status(second.page)).toContainText("stepped back");
  });
});

test("[P32] who is barred is told, and may come with another token", async ({ hub, page, complaints }) => {
  await complaints.hear(page, "100");
  let isBarred = true;
  await page.routeWebSocket(/\/v1\/socket/u, (socket) => {
    if (isBarred) void socket.close({ code: Close.revoked.code, reason: "" });
    else socket.connectToServer();
  });
  await page.goto(`${hub.url}/?uid=100`);
  await expect(status(page)).toHaveText("Your access was withdrawn.");
  await faultless(page);
  isBarred = false;
  await page.getByRole("button", { name: "Sign in again" }).click();
  await expect(status(page)).toHaveText("Online");
  expect(complaints.unallowed()).toEqual([]);
});

test("who signs out leaves nothing behind, and is asked who comes", async ({ open }) => {
  const { page, online } = await open("100");
  await expect(online).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page).toHaveTitle("Carillon");
  await expect(page.getByRole("region", { name: "Inbox" })).toHaveCount(0);
  await faultless(page);
  await page.goBack();
  await expect(online).toBeVisible();
});

function status(page: Page) {
  return page.getByRole("banner").getByRole("status");
}
