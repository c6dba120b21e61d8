import { faultless } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/test.ts";

// axe takes its time where many share a machine.
test.describe.configure({ timeout: 90_000 });

test("whom one wrote to of late is offered: by keys, by hand, in every tab, and after a reload", async ({ open }) => {
  const [tab, other] = [await open("100"), await open("100")];
  for (const name of ["mira", "101", "tomás"]) await tab.send(name, `For ${name}`);
  await tab.page.reload();
  await expect(tab.online).toBeVisible();
  for (const { page } of [tab, other]) {
    const field = page.getByRole("combobox", { name: "To" });
    await field.fill("");
    await field.press("ArrowDown");
    await expect(page.getByRole("option")).toHaveText(["tomás", "101", "mira"].map((name) => new RegExp(name, "u")));
    await expect(page.getByRole("option", { selected: true })).toContainText("tomás");
    await field.press("Escape");
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await expect(field).toHaveAttribute("aria-expanded", "false");

    await field.pressSequentially("m");
    await expect(page.getByRole("option")).toHaveCount(2);
    if (page === tab.page) await faultless(page);
    await field.press("ArrowUp");
    await field.press("Enter");
    await expect(field).toHaveValue("mira");

    await field.fill("");
    await field.click();
    await page.getByRole("option", { name: "101" }).click();
    await expect(field).toHaveValue("101");
    await expect(field).toBeFocused();
  }
});

test("a draft outlives a reload, with its target; its room is counted when it gets scarce", async ({ open }) => {
  const { page } = await open("100");
  await page.getByRole("combobox", { name: "To" }).fill("101");
  const text = page.getByRole("textbox", { name: "Message", exact: true });
  await text.fill("x".repeat(3_990));
  await expect(page.getByText("10 left")).toBeVisible();
  await page.reload();
  await expect(text).toHaveValue("x".repeat(3_990));
  await expect(page.getByRole("combobox", { name: "To" })).toHaveValue("101");
  await text.fill("x".repeat(4_002));
  await expect(page.getByText("2 over")).toBeVisible();
});
