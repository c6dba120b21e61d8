import { expect, test } from "../fixtures/test.ts";

test("[P45] the form says whether its target is online, follows it, and says nothing of what is no name", async ({
  open,
}) => {
  const author = await open("100");
  const to = author.page.getByRole("combobox", { name: "To", exact: true });
  await to.fill("101");
  await expect(to).toHaveAccessibleDescription("Away");
  const target = await open("101", { apart: true });
  await expect(to).toHaveAccessibleDescription("Online");
  await target.page.reload();
  await expect(target.online).toBeVisible();
  await expect(to).toHaveAccessibleDescription("Online");
  await to.fill("");
  await expect(to).toHaveAccessibleDescription("");
  await to.fill(" 101 ");
  await expect(to).toHaveAccessibleDescription("Online");
  await target.page.close();
  await expect(to).toHaveAccessibleDescription("Away", { timeout: 15_000 });
});
