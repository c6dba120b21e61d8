import type { Browser, Page } from "@playwright/test";
import type { Passage } from "../faults/passage.ts";
import { FaultProxy } from "../faults/proxy.ts";
import { writeTo } from "../fixtures/author.ts";
import { PlainChromium, type PlainTab } from "../fixtures/plain-chromium.ts";
import type { Tab } from "../fixtures/tab.ts";
import { launchOf } from "../machine/chromium.ts";
import { connectionErrors, expect, test as base } from "../fixtures/test.ts";

/** Pages reach the hub through a proxy that breaks connections. */
const test = base.extend<{ network: FaultProxy; connected: Connected }>({
  network: async ({ hub }, use) => {
    await using network = await FaultProxy.to(hub.port);
    await use(network);
  },
  baseURL: ({ network }, use) => use(`http://127.0.0.1:${network.port}`),
  connected: async ({ open, network }, use) => {
    const tab = await open("101");
    await use({ tab, line: await socketOf(tab.page, network) });
  },
});

/** A tab of 101, and the connection that carries its socket. */
type Connected = { readonly tab: Tab; readonly line: Passage };

test.use({
  // Only the whole Chromium keeps a page for the way back, and only if Playwright does not forbid it.
  launchOptions: { ...launchOf("whole"), ignoreDefaultArgs: ["--disable-back-forward-cache"] },
  // A hub that soon notices who is silent.
  settings: { CARILLON_PING_INTERVAL: "1", CARILLON_PING_ANSWER: "2" },
});
test.beforeEach(({ complaints }) => complaints.allow(connectionErrors));

/** P48 says 2 s; a machine with much else to do gets 5. Who does not notice the wake-up would need 8 or more. */
const WAKES_WITHIN = 5_000;
/** More than stand as toasts. */
const MISSED = 40;
/** What a hub says when one is opened. */
const SESSION = "session open";

test.describe("a page of which Playwright keeps the time", () => {
  test.beforeEach(({ context }) => context.clock.install());

  test("[P48] a laptop that slept for two hours over a dead line is back at once; what it missed is one toast", async ({
    hub,
    connected: { tab, line },
  }) => {
    line.mode = "blackhole";
    await writeTo("101", MISSED, hub);
    await tab.page.clock.fastForward("02:00:00");
    await expect(tab.inbox(`text ${MISSED}`)).toBeVisible({ timeout: WAKES_WITHIN });
    await ringsOnce(tab.page);
    await reachesBack(tab);
  });

  test("[P19] a half-open line is noticed by its silence, 38 s after the last word", async ({
    hub,
    connected: { tab, line },
  }) => {
    await standStill(tab.page);
    await writeTo("101", 1, hub);
    await expect(tab.inbox("text 1")).toBeVisible();
    const before = hub.log.count(SESSION);
    line.mode = "blackhole";
    await tab.page.clock.runFor(37_000);
    expect(hub.log.count(SESSION)).toBe(before);
    await tab.page.clock.runFor(3_000);
    await hub.log.has(SESSION, before + 1);
    await expect(tab.online).toBeVisible();
  });
});

test.describe("in the browser's own time", () => {
  test("[P48] a half-open line is replaced at once when the network says that it is back", async ({
    context,
    hub,
    connected: { tab, line },
  }) => {
    line.mode = "blackhole";
    await writeTo("101", 1, hub);
    await context.setOffline(true);
    await context.setOffline(false);
    await expect(tab.toast("text 1")).toBeVisible({ timeout: WAKES_WITHIN });
  });

  test("[P19] a handshake that is never answered is given up after 5 s, and tried again", async ({ open, network }) => {
    const tab = await open("101");
    await expect(tab.online).toBeVisible();
    network.mode = "blackhole";
    const before = network.accepted;
    network.reset();
    await network.accepts(before + 2); // A second attempt begins only after the first was given up.
    network.mode = "pass";
    await expect(tab.online).toBeVisible({ timeout: 7_000 });
  });

  test("[P48] a machine that stood still, and was hung up on, is back at once", async ({
    browser,
    hub,
    connected: { tab, line },
  }) => {
    await asleep(browser, async () => {
      await line.ended;
      await writeTo("101", MISSED, hub);
    });
    await expect(tab.inbox(`text ${MISSED}`)).toBeVisible({ timeout: WAKES_WITHIN });
    await ringsOnce(tab.page);
    await reachesBack(tab);
  });
});

test.describe("a page that is kept for the way back", () => {
  test("[P48] closes its socket when it is left, and is back at once when it is returned to", async ({ hub, open }) => {
    const tab = await open("101");
    const { page, online } = tab;
    await expect(online).toBeVisible();
    await page.evaluate(() => Reflect.set(globalThis, "isTheSame", true));
    await page.goto("about:blank");
    await hub.log.has('"code":1000');
    await writeTo("101", MISSED, hub);
    // Not at once: the answer to this call comes from the page that goes away.
    await page.evaluate(() => void setTimeout(() => history.back()));
    await page.waitForURL("**/?uid=101", { waitUntil: "commit" });
    await expect(tab.inbox(`text ${MISSED}`)).toBeVisible({ timeout: WAKES_WITHIN });
    await expect(online).toBeVisible();
    await ringsOnce(page);
    expect(await page.evaluate(() => Reflect.get(globalThis, "isTheSame"))).toBe(true);
  });
});

test.describe("a tab behind another", () => {
  test("[P48] a frozen tab lets go of its socket, and is back at once when it is thawed", async ({ hub, network }) => {
    await using browser = await PlainChromium.launch();
    const tab = await hidden(browser, network);
    await tab.freeze();
    await hub.log.has('"code":1000');
    await writeTo("101", MISSED, hub);
    await tab.thaw();
    await expect
      .poll(() => tab.look(), { timeout: WAKES_WITHIN })
      .toMatchObject({
        status: "Online",
        bell: expect.stringContaining(`${MISSED} unseen`),
        toasts: `${MISSED} newShow inbox`,
        visibility: "hidden",
      });
  });

  test("[P19] a hidden tab whose timers never fire stays connected: its browser answers the hub's pings", async ({
    hub,
    network,
  }) => {
    await using browser = await PlainChromium.launch();
    const tab = await hidden(browser, network);
    const line = await talking(network);
    await tab.halt();
    expect(await line.more("up", 4 * PONG_BYTES)).toBe(true);
    await tab.goOn();
    await writeTo("101", 1, hub);
    await expect.poll(async () => (await tab.look()).bell).toContain("1 unseen");
    expect(hub.log.text).not.toMatch(/"code":(1006|4002)/u);
    expect(network.passages).toContain(line);
  });

  test("[P48] a line that died behind its back is replaced at once on the tab's return", async ({ hub, network }) => {
    await using browser = await PlainChromium.launch();
    const tab = await hidden(browser, network);
    const lines = [...network.passages];
    for (const line of lines) line.mode = "blackhole";
    await writeTo("101", 1, hub);
    await tab.show();
    await expect.poll(async () => (await tab.look()).bell, { timeout: WAKES_WITHIN }).toContain("1 unseen");
    expect((await tab.look()).visibility).toBe("visible");
  });
});

/** A masked pong without a word. */
const PONG_BYTES = 6;

/** All that was missed is one toast. */
async function ringsOnce(page: Page): Promise<void> {
  const toasts = page.getByRole("region", { name: "New notifications" }).getByRole("dialog");
  await expect(toasts).toContainText(`${MISSED} new`);
  await expect(toasts).toHaveCount(1);
}

/** The first that was missed stands at the end of the list, which draws only what is in sight. */
async function reachesBack(tab: Tab): Promise<void> {
  await expect(async () => {
    await tab.rows.last().scrollIntoViewIfNeeded({ timeout: 1_000 });
    await expect(tab.inbox("text 1")).toBeVisible({ timeout: 100 });
  }).toPass();
}

/** From here on the page's time passes only when it is told to. */
async function standStill(page: Page): Promise<void> {
  // A second ahead, for the time that the call takes.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
}

/** The connection that carries the page's socket. */
async function socketOf(page: Page, network: FaultProxy): Promise<Passage> {
  await expect(page.getByRole("status").filter({ hasText: "Online" })).toBeVisible();
  return talking(network);
}

/** The connection on which the hub's pings are answered. */
function talking(network: FaultProxy): Promise<Passage> {
  const oneThat = async (passage: Passage) => {
    if (await passage.more("up", 1)) return passage;
    throw new Error("It was over before it said anything.");
  };
  return Promise.any(network.passages.map(oneThat));
}

/** A connected tab of 101 with another tab before it. */
async function hidden(browser: PlainChromium, network: FaultProxy): Promise<PlainTab> {
  const tab = await browser.open(`${proxyUrl(network)}/?uid=101`);
  await expect.poll(async () => (await tab.look()).status, { timeout: 10_000 }).toBe("Online");
  await browser.open("about:blank");
  await expect.poll(async () => (await tab.look()).visibility).toBe("hidden");
  return tab;
}

/** Stops every process of the browser, as sleep does, while something happens. */
async function asleep(browser: Browser, meanwhile: () => Promise<void>): Promise<void> {
  const { processInfo } = await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
  const tell = (signal: NodeJS.Signals) => {
    for (const { id } of processInfo) process.kill(id, signal);
  };
  tell("SIGSTOP");
  try {
    await meanwhile();
  } finally {
    tell("SIGCONT");
  }
}

function proxyUrl({ port }: FaultProxy): string {
  return `http://127.0.0.1:${port}`;
}
