import type { Up } from "@carillon/protocol";
import type { Tab } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";

test("[P53] a snooze that the hub refuses is taken back, and says so", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "Stays" });
  const tab = await refusing(await open("101", { apart: true }), "snooze");
  await snooze(tab, "Tomorrow morning");
  await expect(tab.page.getByText("Not changed.")).toBeVisible();
  await expect(tab.row("Stays")).toBeVisible();
  await expect(tab.page.getByRole("button", { name: "Undo" })).toHaveCount(0);
});

test("[P54] a mute that the hub refuses is taken back, and says so", async ({ open, program }) => {
  const author = await program("100");
  await author.send({ to: "101", text: "Stays" });
  const tab = await refusing(await open("101", { apart: true }), "mute");
  const menu = tab.page.locator("[data-layer=row]");
  await tab.row("Stays").getByRole("button", { name: "More actions" }).click();
  await menu.getByRole("button", { name: "Mute ⁨100⁩", exact: true }).click();
  await expect(tab.page.getByText("Not changed.")).toBeVisible();
  await tab.row("Stays").getByRole("button", { name: "More actions" }).click();
  await expect(menu.getByRole("button", { name: "Mute ⁨100⁩", exact: true })).toBeVisible();
  await tab.page.keyboard.press("Escape");
  await author.send({ to: "101", text: "Rings" });
  await expect(tab.toast("Rings")).toBeVisible();
});

test("[P55] quiet that the hub refuses is none, and the bell says so", async ({ open }) => {
  const tab = await refusing(await open("101", { apart: true }), "quiet");
  await tab.page.locator("#settings").click();
  await tab.page.getByRole("button", { name: "1 hour" }).click();
  await expect(tab.page.getByText("Not changed.")).toBeVisible();
  await expect(tab.page.getByRole("button", { name: "1 hour" })).toBeVisible();
  await expect(tab.page.locator("#bell")).toHaveAccessibleName("No unseen notifications");
});

test("[P53] what is put off a second time and taken back is put off as it was the first time", async ({
  open,
  program,
}) => {
  const author = await program("100");
  await author.send({ to: "101", text: "One" });
  const tab = await open("101", { apart: true });
  await snooze(tab, "Next week", "One");
  await tab.page.getByRole("button", { name: "Snoozed" }).click();
  const first = await tab
    .row("One")
    .getByText(/^Until/u)
    .textContent();
  await snooze(tab, "Tomorrow morning", "One");
  await expect(tab.row("One")).not.toContainText(first ?? "");
  await tab.page.getByRole("button", { name: "Undo" }).click();
  await expect(tab.row("One")).toContainText(first ?? "");
  await tab.page.reload();
  await tab.page.getByRole("button", { name: "Snoozed" }).click();
  await expect(tab.row("One")).toContainText(first ?? "");
});

/** The tab, connected anew to a hub that refuses everything of this type. */
async function refusing(tab: Tab, type: Up["type"]): Promise<Tab> {
  await tab.page.routeWebSocket(/\/v1\/socket/u, (page) => {
    const hub = page.connectToServer();
    page.onMessage((message) => {
      const request: { readonly type: Up["type"]; readonly id: string } = JSON.parse(String(message));
      if (request.type !== type) return hub.send(message);
      page.send(JSON.stringify({ type: "refused", id: request.id, code: "forbidden", message: "No." }));
    });
  });
  await tab.page.reload();
  await expect(tab.online).toBeVisible();
  return tab;
}

async function snooze(tab: Tab, time: string, text = "Stays"): Promise<void> {
  await tab.row(text).getByRole("button", { name: "Snooze", exact: true }).click();
  await tab.page.locator("[data-layer=row]").getByRole("button", { name: time }).click();
}
