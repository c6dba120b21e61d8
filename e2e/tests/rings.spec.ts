import { DELIVERED } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";
import { stateSequence } from "../fixtures/states.ts";

test("a reply rings every open tab of its target, nobody else's, and its author sees it stored, then delivered", async ({
  open,
}) => {
  const author = await open("100");
  const targets = await Promise.all([open("101"), open("101"), open("101", { apart: true })]);
  const others = await Promise.all([open("100"), open("102", { apart: true })]);
  for (const tab of [author, ...targets, ...others]) await expect(tab.online).toBeVisible();

  const states = await stateSequence(author);
  await author.send("101", "Agreed, and thank you.");

  for (const tab of targets) {
    await expect(tab.toast("Agreed, and thank you.")).toBeVisible();
    await expect(tab.inbox("Agreed, and thank you.")).toBeVisible();
  }
  await expect(author.sent("Agreed, and thank you.")).toContainText(DELIVERED);
  expect((await states()).slice(0, 3)).toEqual(["Sending", "Stored", "Delivered"]);
  await expect(others[0].sent("Agreed, and thank you.")).toContainText(DELIVERED);
  for (const tab of [author, ...others]) await expect(tab.toast("Agreed, and thank you.")).toHaveCount(0);
});

test("what was sent while its target was away waits, and arrives once", async ({ open }) => {
  const author = await open("100");
  await author.send("101", "While you were away");
  await expect(author.sent("While you were away")).toContainText("Stored");

  const first = await open("101", { apart: true });
  await expect(first.toast("While you were away")).toHaveCount(1);
  await expect(first.inbox("While you were away")).toHaveCount(1);
  await expect(author.sent("While you were away")).toContainText(DELIVERED);

  await first.page.reload();
  await expect(first.inbox("While you were away")).toHaveCount(1);
  await expect(first.toast("While you were away")).toHaveCount(0);
});

test("[P47] many that waited ring as one count, and stand in order", async ({ open, program }) => {
  const author = await program("100");
  await author.send(...Array.from({ length: 8 }, (_, n) => ({ to: "101", text: `Number ${n + 1}` })));

  const target = await open("101", { apart: true });
  await expect(target.inbox("Number 8")).toBeVisible();
  const toasts = target.page.getByRole("region", { name: "New notifications" }).getByRole("dialog");
  await expect(toasts).toContainText("8 new");
  await expect(toasts).toHaveCount(1);
  const items = target.page.getByRole("region", { name: "Inbox" }).getByRole("listitem");
  await expect(items).toHaveCount(8);
  await expect(items.first()).toContainText("Number 8");
});

test("writing to oneself is allowed, and rings", async ({ open }) => {
  const tab = await open("100");
  await tab.send("100", "A note to myself");
  await expect(tab.toast("A note to myself")).toBeVisible();
  await expect(tab.sent("A note to myself")).toContainText(DELIVERED);
});

for (const [what, text] of [
  ["markup", "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"],
  ["emoji", "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 é"],
  ["right-to-left text", "\u202Eשלום, عالم\u202C and back"],
  ["zero-width characters", "a\u200Bb\u200Dc\uFEFFd"],
] as const) {
  test(`${what} arrives byte for byte, as text`, async ({ open }) => {
    const [author, target] = await Promise.all([open("100"), open("101")]);
    await expect(target.online).toBeVisible();
    await author.send("101", text);
    await expect(target.page.getByRole("region", { name: "Inbox" }).getByRole("listitem")).toHaveCount(1);
    const shown = await target.page.getByRole("region", { name: "Inbox" }).locator("li .words").textContent();
    expect(shown).toBe(text);
    await expect(target.page).not.toHaveTitle(/broken/u);
  });
}
