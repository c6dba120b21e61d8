import { faultless, overflow } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/test.ts";

test("the whole job is done by keyboard alone, in the order target, content, Send", async ({ open }) => {
  const [author, target] = await Promise.all([open("100"), open("101")]);
  await expect(target.online).toBeVisible();
  const { keyboard } = author.page;

  await author.page.getByRole("combobox", { name: "To", exact: true }).focus();
  await keyboard.type("101");
  await keyboard.press("Tab");
  await expect(author.page.getByRole("textbox", { name: "Message", exact: true })).toBeFocused();
  await keyboard.type("First line");
  await keyboard.press("Enter");
  await keyboard.type("second line");
  await keyboard.press("Tab");
  await expect(author.page.getByRole("button", { name: "Send", exact: true })).toBeFocused();
  await keyboard.press("Shift+Tab");
  await keyboard.press("ControlOrMeta+Enter");

  await expect(target.inbox("First line second line")).toBeVisible();
  await expect(author.page.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("");
  await expect(author.page.getByRole("textbox", { name: "Message", exact: true })).toBeFocused();
});

test("what cannot be sent is told at its field, and nothing is sent", async ({ open }) => {
  const author = await open("100");
  await author.send("", "To nobody");
  await expect(author.page.getByRole("combobox", { name: "To", exact: true })).toHaveAttribute("aria-invalid", "true");
  await author.send("101", "   ");
  await expect(author.page.getByRole("textbox", { name: "Message", exact: true })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await author.send("101", "x".repeat(4_001));
  await expect(author.page.getByRole("textbox", { name: "Message", exact: true })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await expect(author.page.getByRole("region", { name: "Sent" }).getByRole("listitem")).toHaveCount(0);
});

for (const locale of ["en-US", "zh-CN"]) {
  test(`axe finds nothing wrong, ${locale}`, async ({ open }) => {
    const tab = await open("100", { apart: { locale, viewport: { width: 1200, height: 800 } } });
    await faultless(tab.page); // The frame, or what took its place.
    await expect(tab.page.getByRole("textbox").first()).toBeVisible();
    await faultless(tab.page);
    const other = await open("101");
    await other.send("100", "Something to look at");
    await expect(tab.page.getByText("Something to look at").first()).toBeVisible();
    await faultless(tab.page);
    await tab.page.setViewportSize({ width: 320, height: 700 });
    await faultless(tab.page);
  });
}

test("at 320 px nothing needs sideways scrolling", async ({ open }) => {
  const tab = await open("a-rather-long-name".repeat(6), { apart: { viewport: { width: 320, height: 700 } } });
  await tab.send("another-rather-long-name".repeat(4), `${"w".repeat(300)} and words`);
  expect(await overflow(tab.page)).toBe(0);
});
