import { FaultProxy } from "../faults/proxy.ts";
import { DELIVERED, type Tab } from "../fixtures/tab.ts";
import { connectionErrors, expect, test as base } from "../fixtures/test.ts";

/** Browsers on a network that breaks WebSockets, with a line to the hub that can be cut. */
const test = base.extend<{ line: FaultProxy }>({
  line: async ({ hub }, use) => {
    await using line = await FaultProxy.to(hub.port);
    await use(line);
  },
  baseURL: ({ line }, use) => use(`http://127.0.0.1:${line.port}`),
});

test.beforeEach(async ({ context, complaints }) => {
  complaints.allow(connectionErrors);
  complaints.allow(/404 .*\/v1\/stream\//u); // What was posted to a stream when it was cut.
  await context.routeWebSocket(/\/v1\/socket/u, (socket) => socket.close());
});

const overHttp = ({ page }: Tab) => page.getByRole("status").filter({ hasText: "Online over HTTP" });

test("where WebSockets break, tabs send, ring and say what they are connected over", async ({ open }) => {
  const [author, target] = await Promise.all([open("100"), open("101")]);
  for (const tab of [author, target]) await expect(overHttp(tab)).toBeVisible();
  await author.send("101", "By another way");
  await expect(target.toast("By another way")).toHaveCount(1);
  await expect(author.sent("By another way")).toContainText(DELIVERED);
  await target.row("By another way").getByRole("button", { name: "Mark read" }).click();
  await expect(author.sent("By another way")).toContainText("Read");
});

test("a stream that is cut in the middle goes on where it was: nothing lost, nothing twice", async ({ open, line }) => {
  const [author, target] = await Promise.all([open("100"), open("101")]);
  for (const tab of [author, target]) await expect(overHttp(tab)).toBeVisible();
  for (let n = 1; n <= 6; n += 1) {
    if (n % 2 === 0) line.reset();
    await author.send("101", `Number ${n}`);
  }
  for (const tab of [author, target]) await expect(overHttp(tab)).toBeVisible({ timeout: 30_000 }); // Who was cut waits longer each time.
  for (let n = 1; n <= 6; n += 1) {
    await expect(target.inbox(`Number ${n}`)).toHaveCount(1);
    await expect(author.sent(`Number ${n}`)).toHaveCount(1);
    await expect(author.sent(`Number ${n}`)).toContainText(DELIVERED);
  }
});

test("in Chinese, too", async ({ open }) => {
  const tab = await open("100", { apart: { locale: "zh-CN" } });
  await tab.page.routeWebSocket(/\/v1\/socket/u, (socket) => socket.close());
  await tab.page.reload();
  await expect(tab.page.getByRole("status").filter({ hasText: "在线（经 HTTP）" })).toBeVisible();
});
