import type { Page } from "@playwright/test";
import { faultless, overflow } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/test.ts";

// axe takes its time where many share a machine.
test.describe.configure({ timeout: 90_000 });

const thread = "A thread with a name that does not fit into a narrow row of the inbox";
const name = "a-colleague-with-a-rather-long-name".repeat(3);

for (const locale of ["en-US", "zh-CN"]) {
  test(`axe finds nothing wrong with inbox, bell, settings and keys, ${locale}`, async ({ open, program }) => {
    const [one, other, reader] = await Promise.all([program("100"), program(name), program("101")]);
    await one.send({ to: "101", text: "First", thread }, { to: "101", text: "w".repeat(500) });
    await other.send({ to: "101", text: "שלום, והנה משהו מימין לשמאל", thread });
    await reader.mark("seen", { upTo: 3 }); // So nothing rings: toasts lie over what is pressed next.
    const { page } = await open("101", {
      apart: { locale, reducedMotion: "reduce", viewport: { width: 1200, height: 800 } },
    });
    await page.getByRole("button", { name: /replied|人回复/u }).click();
    await faultless(page);
    await page.locator("#settings").click();
    await still(page);
    await faultless(page);
    await page.getByRole("button", { name: /Show all keys|查看全部快捷键/u }).click();
    await faultless(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(1); // One that still closes would take the next key.
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);

    await page.setViewportSize({ width: 320, height: 700 });
    await page.locator("#bell").click();
    await still(page);
    await faultless(page);
    expect(await overflow(page)).toBe(0);
    const layer = page.getByRole("dialog");
    await layer.getByRole("button", { name: /Mark all read|全部标为已读/u }).click();
    await layer.getByRole("button", { name: /^(Unread|未读)/u }).click();
    await expect(layer.getByText(/caught up|都看完了/u)).toBeVisible();
    await still(page);
    await faultless(page);
  });
}

test("from right to left, at 320 px and at 200 % zoom, everything has its place", async ({ open, program }) => {
  const [one, other] = await Promise.all([program("100"), program(name)]);
  await one.send({ to: "101", text: "First", thread }, { to: "101", text: "w".repeat(500) });
  await other.send({ to: "101", text: "Second", thread });
  const { page } = await open("101", { apart: { reducedMotion: "reduce", viewport: { width: 320, height: 700 } } });
  const toasts = page.getByRole("region", { name: "New notifications" });
  await expect(toasts).toContainText("3 new");
  await toasts.getByRole("button", { name: "Dismiss" }).click(); // They lie over what is pressed next.
  await expect(toasts).not.toContainText("3 new");
  await page.getByRole("tab", { name: "Inbox" }).click();
  await page.getByRole("button", { name: /replied/u }).click();
  for (const dir of ["ltr", "rtl"]) {
    await page.evaluate((to) => document.documentElement.setAttribute("dir", to), dir);
    // 1280 px at 200 % are 640 px of the page's own.
    for (const width of [320, 640, 1200]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await overflow(page), `${dir}, ${width} px`).toBe(0);
      const isWide = width >= 960; // There, the inbox stands beside, and nothing hangs under the bell.
      if (!isWide) await page.locator("#tab-write").click();
      for (const layer of isWide ? ["#settings"] : ["#bell", "#settings"]) {
        await page.locator(layer).click();
        await still(page);
        expect(await overflow(page), `${dir}, ${width} px, ${layer}`).toBe(0);
        expect(await outside(page), `${dir}, ${width} px, ${layer}`).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
    }
  }
});

test("every target in the inbox is 32 px high and wide, and 44 px under a finger", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "First", thread: "t" }, { to: "101", text: "Second", thread: "t" });
  for (const [hasTouch, least] of [
    [false, 32],
    [true, 44],
  ] as const) {
    const { page } = await open("101", {
      apart: { hasTouch, isMobile: hasTouch, viewport: { width: 390, height: 700 } },
    });
    await page.locator("#bell").click();
    await page.getByRole("button", { name: /replied|replies/u }).waitFor();
    await still(page);
    const small = await page
      .getByRole("dialog")
      .getByRole("button")
      .evaluateAll(
        (buttons, size) =>
          buttons.flatMap((button) => {
            const { width, height } = button.getBoundingClientRect();
            return width < size || height < size ? [`${button.textContent} ${width}×${height}`] : [];
          }),
        least,
      );
    expect(small).toEqual([]);
  }
});

/** Resolves when nothing moves on the page. */
async function still(page: Page): Promise<void> {
  await page.getByRole("dialog").first().waitFor();
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
}

/** Buttons of the open layer that are not wholly on the screen from side to side. */
function outside(page: Page): Promise<string[]> {
  return page
    .getByRole("dialog")
    .getByRole("button")
    .evaluateAll((buttons) =>
      buttons.flatMap((button) => {
        const { left, right } = button.getBoundingClientRect();
        return left < 0 || right > innerWidth ? [button.textContent] : [];
      }),
    );
}
