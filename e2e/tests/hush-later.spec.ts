import type { Page } from "@playwright/test";
import { hide, locks, notices, tones, witnessAlerts } from "../fixtures/alerts.ts";
import type { Program } from "../fixtures/program.ts";
import type { Tab } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";

test("[P55] a tab that opens after quiet has ended tells what came, until somebody is done with that in its browser", async ({
  open,
  program,
}) => {
  const { author, reader } = await acquainted(program);
  await reader.quiet(Date.now() + 6_000);
  const viewport = { width: 390, height: 780 }; // Where the inbox stands behind, nothing is seen.
  const [tab, other] = [await open("101", { apart: { viewport } }), await open("101", { apart: { viewport } })];
  for (const { page } of [tab, other]) await expect(page.locator("#bell")).toHaveAccessibleName(/Do not disturb/u);
  await author.send({ to: "101", text: "Meanwhile" });
  for (const { page } of [tab, other]) await expect(page.locator("#bell")).toHaveAccessibleName(/^1 unseen/u);
  await tab.page.goto("about:blank");
  await expect(other.page.locator("#bell")).not.toHaveAccessibleName(/Do not disturb/u, { timeout: 15_000 });

  await tab.page.goto("/?uid=101");
  const card = tab.page.getByText("1 came while it was quiet");
  await expect(card).toBeVisible();
  await expect(tab.toast("Meanwhile")).toHaveCount(0);
  await tab.page.reload();
  await expect(card).toBeVisible();
  await tab.page.getByRole("button", { name: "Dismiss" }).click();
  await expect(card).toHaveCount(0);
  await tab.page.reload();
  await expect(tab.online).toBeVisible();
  await expect(tab.bell(1)).toBeVisible();
  await expect(card).toHaveCount(0);
});

test("[P55] a tab that opens after quiet was ended by hand elsewhere tells what came until then", async ({
  open,
  program,
}) => {
  const { author, reader } = await acquainted(program);
  const viewport = { width: 390, height: 780 };
  const elsewhere = await open("101", { apart: { viewport } });
  await reader.quiet(Date.now() + 3_600_000);
  await author.send({ to: "101", text: "Meanwhile" });
  await expect(elsewhere.page.locator("#bell")).toHaveAccessibleName(/^1 unseen.*Do not disturb/u);
  await reader.quiet();
  await author.send({ to: "101", text: "After" });
  await expect(elsewhere.toast("After")).toBeVisible();
  const tab = await open("101", { apart: { viewport } });
  const card = tab.page.getByText("1 came while it was quiet");
  await expect(card).toBeVisible();
  await expect(tab.page.locator("#bell")).toHaveAccessibleName(/^2 unseen/u);
  await tab.page.getByRole("button", { name: "Dismiss" }).click();
  await expect(card).toHaveCount(0);
  await tab.page.reload();
  await expect(tab.bell(2)).toBeVisible();
  await expect(card).toHaveCount(0);
});

test.describe("where it may be heard and shown", () => {
  test.beforeEach(({ context }) => witnessAlerts(context, "granted"));

  test("[P54, P55] what is muted, and what comes while it is quiet, is not heard; what presses is", async ({
    open,
    program,
  }) => {
    const [author, muted, reader] = await Promise.all([program("100"), program("102"), program("101")]);
    const tab = await open("101");
    const strike = await chooseSound(tab);
    await reader.mute({ from: "102" }, true);
    await muted.send({ to: "101", text: "Muted" });
    await expect(tab.row("Muted")).toContainText("Muted");
    await reader.quiet(Date.now() + 3_600_000);
    await expect(tab.page.locator("#bell")).toHaveAccessibleName(/Do not disturb/u);
    await author.send({ to: "101", text: "Quietly" });
    await expect(tab.inbox("Quietly")).toBeVisible();
    expect(await tones(tab)).toBe(0);
    await author.send({ to: "101", text: "Pressing", priority: "high" });
    await expect(tab.toast("Pressing")).toBeVisible();
    await expect.poll(() => tones(tab)).toBe(strike);
  });

  test("[P54, P55] the system shows nothing of what is muted or comes while it is quiet, and what presses", async ({
    open,
    program,
  }) => {
    const [author, muted, reader] = await Promise.all([program("100"), program("102"), program("101")]);
    const tab = await open("101");
    await choose(tab.page, "Desktop notifications");
    await hide(tab, true);
    await reader.mute({ from: "102" }, true);
    await muted.send({ to: "101", text: "Muted" });
    await reader.quiet(Date.now() + 3_600_000);
    await author.send({ to: "101", text: "Quietly" });
    await expect(tab.inbox("Quietly")).toBeAttached();
    await author.send({ to: "101", text: "Pressing", priority: "high" });
    await expect.poll(async () => (await notices(tab)).map(({ body }) => body)).toEqual(["Pressing"]);
  });

  test("[P15, P53] each rings once, by count: when it comes, when it is back from snooze, and after a reload not again", async ({
    open,
    program,
  }) => {
    const [author, reader] = await Promise.all([program("100"), program("101")]);
    const tab = await open("101");
    const strike = await chooseSound(tab);
    await author.send({ to: "101", text: "Once" });
    await expect(tab.toast("Once")).toBeVisible();
    await expect.poll(() => tones(tab)).toBe(strike);
    await reader.snooze([1], Date.now() + 1_500);
    await expect(tab.toast("Once")).toHaveCount(0);
    await expect(tab.toast("Once")).toBeVisible({ timeout: 15_000 });
    await expect.poll(() => tones(tab)).toBe(2 * strike);
    await tab.page.reload();
    await expect(tab.row("Once")).toBeVisible();
    await author.send({ to: "101", text: "And another" });
    await expect(tab.toast("And another")).toBeVisible();
    await expect(tab.toast("Once")).toHaveCount(0);
  });
});

/** Switches one of the ways to ring on. */
async function choose(page: Page, name: string): Promise<void> {
  await page.locator("#settings").click();
  await page.getByRole("checkbox", { name }).check();
  await page.keyboard.press("Escape");
}

/** Switches the sound on, in the only tab, which has rung nothing yet then; how many tones one bell has. */
async function chooseSound(tab: Tab): Promise<number> {
  await choose(tab.page, "Sound");
  const strike = await tones(tab); // It sounds when it is chosen.
  await tab.page.reload(); // Two within a second are one.
  await tab.page.getByRole("heading", { name: "Sent" }).click(); // A tab that was never used is not heard.
  await expect.poll(() => locks(tab.page, "carillon:sound:101")).toEqual({ held: 1, pending: 0 });
  return strike;
}

/** 100 has written to 101, who has seen it: what comes from now on is new. */
async function acquainted(program: (uid: string) => Promise<Program>) {
  const [author, reader] = await Promise.all([program("100"), program("101")]);
  await author.send({ to: "101", text: "Before" });
  await reader.mark("seen", { seqs: [1] });
  return { author, reader };
}
