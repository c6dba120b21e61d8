import { connectionErrors, expect, test, testApart } from "../fixtures/test.ts";
import type { Tab } from "../fixtures/tab.ts";

/** Of a screen where only one pane fits: it begins with Write, and sees nothing before it is led to the inbox. */
const narrow = { viewport: { width: 390, height: 780 } };
/** Sooner than toasts leave by themselves. */
const soon = { timeout: 3_000 };

test("[P26] a retraction takes toast and row away in every tab", async ({ open }) => {
  const author = await open("100");
  const targets = await Promise.all([open("101", { apart: narrow }), open("101", { apart: narrow })]);
  for (const tab of targets) await expect(tab.online).toBeVisible();
  await author.send("101", "To stay");
  await author.send("101", "To go");
  for (const tab of targets) await expect(tab.toast("To go")).toBeVisible();

  await retract(author, "To go");
  for (const tab of targets) await expect(tab.toast("To go")).toHaveCount(0, soon);
  await expect(author.sent("To go")).toContainText("Retracted");
  await expect(author.sent("To go").getByRole("button")).toHaveCount(0);
  for (const tab of targets) {
    await tab.bell(1).click();
    await expect(tab.row("To stay")).toBeVisible();
    await expect(tab.row("To go")).toHaveCount(0);
  }
});

test("[P26] a row that is looked at goes when it is retracted, and counts no more", async ({ open }) => {
  const author = await open("100");
  await author.send("101", "To go");
  const target = await open("101", { apart: true });
  await expect(target.row("To go")).toBeVisible();
  await retract(author, "To go");
  await expect(target.row("To go")).toHaveCount(0);
  await expect(target.toast("To go")).toHaveCount(0, soon);
  await expect(target.bell(0)).toBeVisible();
});

test("[P26] who was away never gets a text that was retracted meanwhile", async ({ open, context }) => {
  const author = await open("100");
  await author.send("101", "Regretted");
  await author.send("101", "Meant");
  await retract(author, "Regretted");
  await expect(author.sent("Regretted")).toContainText("Retracted");
  await expect(author.sent("Meant")).toContainText("Stored");

  const frames: string[] = [];
  context.on("page", (page) =>
    page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload)))),
  );
  const target = await open("101");
  await expect(target.toast("Meant")).toBeVisible();
  await expect(target.row("Meant")).toBeVisible();
  await expect(target.page.getByRole("region", { name: "Inbox" }).getByRole("listitem")).toHaveCount(1);
  expect(frames.join("\n")).toContain("Meant");
  expect(frames.join("\n")).not.toContain("Regretted");
});

test("[P26] an edit changes toast and row, and says so at both ends", async ({ open }) => {
  const [author, target] = await Promise.all([open("100"), open("101", { apart: narrow })]);
  await expect(target.online).toBeVisible();
  await author.send("101", "At noon");
  await target.toast("At noon").hover(); // It stays as long as the pointer rests on it.

  await edit(author, "At noon", "At one");
  await expect(target.toast("At one")).toBeVisible();
  await expect(target.toast("At noon")).toHaveCount(0);
  await expect(author.sent("At one")).toContainText("edited");
  await expect(author.sent("At one").getByRole("button", { name: "Edit" })).toBeFocused();
  await target.page.getByRole("button", { name: "Dismiss" }).click();
  await target.page.getByRole("button", { name: /unseen notification/ }).click();
  await expect(target.row("At one")).toContainText("edited");
  await target.page.reload();
  await target.page.getByRole("button", { name: /unseen notification/ }).click();
  await expect(target.row("At one")).toContainText("edited");
});

test("[P26] what a text cannot be is told at its field, and Escape leaves it as it was", async ({ open }) => {
  const author = await open("100");
  await author.send("101", "As it was");
  await expect(author.sent("As it was")).toContainText("Stored");
  await edit(author, "As it was", "  ");
  const field = author.page.getByRole("textbox", { name: "New text" });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.press("Escape");
  await expect(author.sent("As it was")).toContainText("Stored");
  await expect(author.sent("As it was")).not.toContainText("edited");
});

testApart(
  "[P12] a draft that is taken back while it waits for the connection never goes out",
  async ({ hub, open, complaints }) => {
    complaints.allow(connectionErrors);
    const author = await open("100");
    await expect(author.online).toBeVisible();
    await hub.kill();
    await expect(author.online).toHaveCount(0);
    await author.send("101", "Regretted");
    await author.send("101", "Meant");
    await expect(author.sent("Regretted")).toContainText("Waiting for the connection");
    await retract(author, "Regretted");
    await expect(author.sent("Regretted")).toHaveCount(0);

    await hub.start();
    await author.page.evaluate(() => dispatchEvent(new Event("online"))); // It need not wait for its next attempt.
    await expect(author.sent("Meant")).toContainText("Stored");
    const target = await open("101", { apart: true });
    await expect(target.row("Meant")).toBeVisible();
    await expect(target.row("Regretted")).toHaveCount(0);
    await expect(author.sent("Regretted")).toHaveCount(0);
  },
);

async function retract(author: Tab, text: string): Promise<void> {
  await author.sent(text).getByRole("button", { name: "Retract" }).click();
}

async function edit(author: Tab, before: string, after: string): Promise<void> {
  await author.sent(before).getByRole("button", { name: "Edit" }).click();
  const field = author.page.getByRole("textbox", { name: "New text" });
  await expect(field).toBeFocused();
  await field.fill(after);
  await field.press("Enter");
}
