import { createHash } from "node:crypto";
import { DELIVERED } from "../fixtures/tab.ts";
import { expect, test } from "../fixtures/test.ts";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

test("a page of the tutorial and a Carillon tab reach each other", async ({ hub, open, page }) => {
  const tab = await open("100");
  await expect(tab.online).toBeVisible();

  // The tutorial's own client, as a page has it: uid and token in the URL, and an alert for each alertTip.
  await page.goto(`${hub.url}/healthz`);
  const token = md5(md5("200") + "^manks.top&swoole$");
  await page.evaluate(
    (url) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url);
        const alerts: unknown[] = [];
        socket.addEventListener("open", () => resolve(undefined));
        socket.addEventListener("close", ({ reason }) => reject(new Error(reason)));
        socket.addEventListener("message", ({ data }) => {
          const { event, ...params } = JSON.parse(data);
          if (event === "alertTip") alerts.push(params);
        });
        Object.assign(globalThis, { socket, alerts });
      }),
    `ws://127.0.0.1:${hub.port}?uid=200&token=${token}`,
  );

  await page.evaluate(() => (Reflect.get(globalThis, "socket") as WebSocket).send('{"event":"alertTip","toUid":100}'));
  await expect(tab.toast("收到一条新的回复.")).toBeVisible();

  await tab.send("200", "To the tutorial");
  await expect(tab.sent("To the tutorial")).toContainText(DELIVERED);
  expect(await page.evaluate(() => Reflect.get(globalThis, "alerts"))).toMatchObject([
    { msg: "收到一条新的回复.", content: "To the tutorial", fromUid: "100" },
  ]);
});
