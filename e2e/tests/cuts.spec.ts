import { DELIVERED } from "../fixtures/tab.ts";
import { connectionErrors, expect, testApart as test } from "../fixtures/test.ts";

test.beforeEach(({ complaints }) => complaints.allow(connectionErrors));

test("after the hub was killed, the tabs come back by themselves, nothing is lost, nothing shows twice", async ({
  hub,
  open,
}) => {
  const [author, target] = await Promise.all([open("100"), open("101", { apart: true })]);
  await expect(target.online).toBeVisible();
  await author.send("101", "Before the fall");
  await expect(author.sent("Before the fall")).toContainText(DELIVERED);
  await author.send("102", "For somebody away");
  await expect(author.sent("For somebody away")).toContainText("Stored");

  await hub.kill();
  await expect(author.online).toHaveCount(0);
  await expect(target.online).toHaveCount(0);
  await hub.start();
  await expect(author.online).toBeVisible({ timeout: 30_000 });
  await expect(target.online).toBeVisible({ timeout: 30_000 });

  await author.send("101", "After the fall");
  for (const text of ["Before the fall", "After the fall"]) await expect(target.inbox(text)).toHaveCount(1);
  await expect(target.toast("After the fall")).toHaveCount(1);
  await expect(author.sent("Before the fall")).toHaveCount(1);
  const away = await open("102", { apart: true });
  await expect(away.inbox("For somebody away")).toHaveCount(1);
  await expect(author.sent("For somebody away")).toContainText(DELIVERED);
});

test("killed between stored and the target's return, it still arrives once", async ({ hub, open }) => {
  const author = await open("100");
  await author.send("101", "Durable");
  await expect(author.sent("Durable")).toContainText("Stored");
  await hub.kill();
  await hub.start();
  const target = await open("101", { apart: true });
  await expect(target.toast("Durable")).toHaveCount(1);
  await expect(target.inbox("Durable")).toHaveCount(1);
});

test("while the hub is down the page goes on: a send waits, survives a reload, and goes out once", async ({
  hub,
  open,
}) => {
  const author = await open("100");
  await expect(author.online).toBeVisible();
  await hub.kill();
  await author.page.route("**/*", (route) => route.fallback());
  await author.send("101", "Patience");
  await expect(author.sent("Patience")).toContainText("Waiting for the connection");

  // A reload needs somebody to serve the page; the hub that does starts with its sockets and streams shut.
  await author.page.routeWebSocket(/\/v1\/socket/u, (socket) => socket.close());
  await author.page.route("**/v1/stream", (route) => route.abort("connectionrefused"));
  await hub.start();
  await author.page.reload();
  await expect(author.sent("Patience")).toContainText("Waiting for the connection");
  await author.page.close();

  const again = await open("100");
  await expect(again.sent("Patience")).toContainText("Stored", { timeout: 30_000 });
  await expect(again.sent("Patience")).toHaveCount(1);
  const target = await open("101", { apart: true });
  await expect(target.inbox("Patience")).toHaveCount(1);
  await expect(again.sent("Patience")).toContainText(DELIVERED);
});
