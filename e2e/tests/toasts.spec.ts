import type { Page } from "@playwright/test";
import { faultless } from "../fixtures/axe.ts";
import type { Program } from "../fixtures/program.ts";
import type { Tab } from "../fixtures/tab.ts";
import { connectionErrors, expect, type OpenOptions, test, testApart } from "../fixtures/test.ts";

// axe takes its time where many share a machine.
test.describe.configure({ timeout: 90_000 });

// Programs say a lot at once.
test.use({ settings: { CARILLON_SENDS_PER_SECOND: "0" } });

/** Of a screen where only one pane fits: nothing is seen in the inbox before its reader goes there. */
const narrow = { viewport: { width: 600, height: 780 } };

test("a toast is answered where it rings: by keys alone, in its thread, and it stays meanwhile", async ({
  open,
  program,
}) => {
  const { author, tab, toast } = await asked(open, program);
  await toast.getByRole("button", { name: "Reply", exact: true }).press("Enter");
  const field = toast.getByRole("textbox", { name: "Reply to" });
  await expect(field).toBeFocused();
  await field.fill("I am.");
  await author.send(...["One", "Two", "Three", "Four"].map((text) => ({ to: "101", text })));
  await expect(tab.toast("Four")).toBeVisible();
  await expect(field).toHaveValue("I am.");

  await field.press("ControlOrMeta+Enter");
  await expect(toasts(tab.page).getByText("Are you there?")).toHaveCount(0);
  await expect(tab.sent("I am.")).toContainText("100");
  await expect(tab.page.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("");
  await tab.page.getByRole("tab", { name: "Inbox" }).press("Enter"); // Toasts lie over it.
  await expect(tab.row("Are you there?")).not.toContainText("unread");
});

test("Escape leaves the field, then the toast; what was typed goes on in the form", async ({ open, program }) => {
  const { tab, toast } = await asked(open, program);
  await toast.getByRole("button", { name: "Reply", exact: true }).press("Enter");
  await tab.page.keyboard.type("Half a sent");
  await tab.page.keyboard.press("Escape");
  await expect(toast.getByRole("button", { name: "Reply", exact: true })).toBeFocused();
  await expect(tab.page.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("Half a sent");
  await tab.page.keyboard.press("Escape");
  await expect(toast).toHaveCount(0);
});

test.describe("after a long absence", () => {
  test.use({ waiting: 40 });

  test("[P47] the count does not claim more than the page can know", async ({ open }) => {
    const tab = await open("101", { apart: narrow });
    await expect(toasts(tab.page)).toContainText("30+ new");
    await expect(tab.bell(40)).toBeVisible();
  });
});

test("an answer that the hub refuses is told in the toast, and can be sent again", async ({ open, program }) => {
  const { tab, toast } = await asked(open, program);
  await toast.getByRole("button", { name: "Reply", exact: true }).click();
  const field = toast.getByRole("textbox", { name: "Reply to" });
  await field.fill("x".repeat(4_001));
  await field.press("Enter");
  await expect(toast.getByRole("alert")).toContainText("too long");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.fill("Short.");
  await field.press("Enter");
  await expect(toast).toHaveCount(0);
  await expect(tab.sent("Short.")).toBeVisible();
});

testApart(
  "an answer without a connection waits in the outbox, and the toast has done its job",
  async ({ hub, open, program, complaints }) => {
    complaints.allow(connectionErrors);
    const { tab, toast } = await asked(open, program);
    await toast.getByRole("button", { name: "Reply", exact: true }).click();
    await hub.kill();
    await expect(tab.online).toHaveCount(0);
    await tab.page.keyboard.type("Later, then.");
    await tab.page.keyboard.press("Enter");
    await expect(toast).toHaveCount(0);
    await expect(tab.sent("Later, then.")).toContainText("Waiting for the connection");
  },
);

test("[P35] a toast leads where its notification does, and that is reading it", async ({ open, program }) => {
  const author = await program("100");
  const tab = await open("101", { apart: narrow });
  await expect(tab.online).toBeVisible();
  await author.send({ to: "101", text: "Look", url: "https://example.com/thread/1" });
  const link = toasts(tab.page).getByRole("link", { name: "Open" });
  await expect(link).toHaveAttribute("href", "https://example.com/thread/1");
  await tab.page.context().route("https://example.com/**", (route) => route.fulfill({ body: "there" }));
  const [there] = await Promise.all([tab.page.context().waitForEvent("page"), link.click()]);
  await there.close();
  await expect(toasts(tab.page).getByRole("dialog")).toHaveCount(0);
  await tab.page.getByRole("tab", { name: "Inbox" }).click();
  await expect(tab.row("Look")).not.toContainText("unread");
});

test("[P37] what is of high priority is announced at once and stays; what is of low priority does not ring", async ({
  open,
  program,
}) => {
  const author = await program("100");
  const tab = await open("101", { apart: narrow });
  await expect(tab.online).toBeVisible();
  const age = await tab.aging();
  await author.send({ to: "101", text: "Some time", priority: "low" }, { to: "101", text: "Now", priority: "high" });
  await expect(tab.page.getByRole("alert").filter({ hasText: "Now" })).toHaveCount(1);
  const toast = toasts(tab.page).getByRole("alertdialog");
  await expect(toast).toContainText("Important");
  await author.send({ to: "101", text: "As usual" });
  await expect(tab.toast("As usual")).toBeVisible();
  await age();
  await expect(tab.toast("As usual")).toHaveCount(0);
  await expect(toast).toBeVisible();
  await expect(tab.toast("Some time")).toHaveCount(0);
  await toast.getByRole("button", { name: "Dismiss" }).click();
  await expect(toast).toHaveCount(0);
});

test("what is dismissed in one tab is dismissed in all tabs of the browser", async ({ open, program }) => {
  const author = await program("100");
  const [one, other] = [await open("101"), await open("101")];
  for (const tab of [one, other]) await expect(tab.online).toBeVisible();
  await author.send({ to: "101", text: "Enough of it", priority: "high" });
  for (const tab of [one, other]) await expect(tab.toast("Enough of it")).toBeVisible();
  await toasts(one.page).getByRole("button", { name: "Dismiss" }).click();
  for (const tab of [one, other]) await expect(tab.toast("Enough of it")).toHaveCount(0);
});

test("a toast is swiped away by a finger", async ({ open, program }) => {
  const author = await program("100");
  const tab = await open("101", { apart: { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true } });
  await expect(tab.online).toBeVisible();
  await author.send({ to: "101", text: "Swipe me", priority: "high" });
  await expect(tab.toast("Swipe me")).toBeVisible();
  const { x, y } = (await tab.toast("Swipe me").boundingBox()) ?? { x: 0, y: 0 };
  const finger = await tab.page.context().newCDPSession(tab.page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", at: number) =>
    finger.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: x + at, y: y + 8 }],
    });
  await touch("touchStart", 5);
  for (const at of [20, 50, 90, 140]) await touch("touchMove", at);
  await touch("touchEnd", 140);
  await expect(tab.toast("Swipe me")).toHaveCount(0);
});

test("on a phone one toast and a count stand, and leave most of the page in sight", async ({ open, program }) => {
  const author = await program("100");
  const tab = await open("101", { apart: { viewport: { width: 320, height: 640 } } });
  await expect(tab.online).toBeVisible();
  await author.send(
    ...Array.from({ length: 6 }, (_, n) => ({ to: "101", text: `${n} ${"words and words ".repeat(20)}` })),
  );
  await expect(toasts(tab.page)).toContainText("and 5 new");
  await expect(toasts(tab.page).getByRole("dialog")).toHaveCount(2);
  const { height } = (await toasts(tab.page).boundingBox()) ?? { height: 640 };
  expect(height).toBeLessThan(320);
});

testApart(
  "on a phone toasts leave the connection's sentence free, and what it offers",
  async ({ hub, open, program, complaints }) => {
    complaints.allow(connectionErrors);
    const tab = await open("101", { apart: { viewport: { width: 320, height: 640 } } });
    await expect(tab.online).toBeVisible();
    const author = await program("100");
    await author.send({ to: "101", text: "It stays", priority: "high" });
    await expect(tab.toast("It stays")).toBeVisible();
    await hub.kill();
    const sentence = tab.page.getByRole("status").filter({ hasText: "Connection lost" });
    await expect(sentence).toBeVisible();
    const bottomOf = async () => {
      const box = await sentence.boundingBox();
      return (box?.y ?? Infinity) + (box?.height ?? 0);
    };
    await expect
      .poll(async () => ((await tab.page.getByRole("alertdialog").boundingBox())?.y ?? 0) - (await bottomOf()))
      .toBeGreaterThan(0);
  },
);

for (const locale of ["en-US", "zh-CN"]) {
  test(`axe finds nothing wrong with toasts and the answer in one, ${locale}`, async ({ open, program }) => {
    const author = await program("100");
    const { page } = await open("101", {
      apart: { locale, reducedMotion: "reduce", viewport: { width: 1200, height: 800 } },
    });
    await expect(page.getByRole("status").filter({ hasText: /Online|在线/u })).toBeVisible();
    await author.send(
      { to: "101", text: "Now", priority: "high", url: "https://example.com/" },
      { to: "101", text: "שלום", thread: "A thread" },
    );
    await toasts(page)
      .getByRole("dialog")
      .getByRole("button", { name: /Reply|回复/u })
      .click();
    await expect(page.getByRole("textbox", { name: /Reply to|回复/u })).toBeFocused();
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
    await faultless(page);
  });
}

/** A question rings in a tab, in a thread: who asks, the tab, and the toast. */
async function asked(
  open: (uid: string, options?: OpenOptions) => Promise<Tab>,
  program: (uid: string) => Promise<Program>,
) {
  const author = await program("100");
  const tab = await open("101", { apart: narrow });
  await expect(tab.online).toBeVisible();
  await author.send({ to: "101", text: "Are you there?", thread: "Hello" });
  const toast = toasts(tab.page).getByRole("dialog");
  await expect(toast).toBeVisible();
  return { author, tab, toast };
}

function toasts(page: Page) {
  return page.getByRole("region", { name: /^(New notifications|新通知)$/u });
}
