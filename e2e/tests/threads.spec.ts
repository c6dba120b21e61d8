import { attendedOf } from "../fixtures/attended.ts";
import { expect, test } from "../fixtures/test.ts";

test("[P56] the thread of a single notification is opened by key or hand: its replies appear in place, and ring nowhere", async ({
  open,
  program,
}) => {
  const author = await program("100");
  const thread = "Timetable";
  await author.send({ to: "101", text: "First", thread }, { to: "101", text: "Other" });
  const tab = await open("101", { apart: true });
  const attended = attendedOf(tab, thread);
  await tab.page.reload();
  await expect(tab.row("First")).toBeVisible();
  await tab.row("First").focus();
  await tab.page.keyboard.press("g");
  await expect(tab.row("First")).toContainText("Replies appear here");
  await expect.poll(() => attended.size).toBe(1);
  await author.send({ to: "101", text: "Second", thread });
  await expect(tab.inbox("Second")).toBeVisible();
  await expect(tab.toast("Second")).toHaveCount(0);
  await expect(tab.inbox("First")).toBeVisible(); // The thread is open.
  await expect(tab.row("Second").getByRole("button", { name: /replies/u })).toHaveAttribute("aria-expanded", "true");
});
