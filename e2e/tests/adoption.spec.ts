import { expect, test } from "../fixtures/test.ts";

test("[P12] what a tab could not send before it was closed, an open tab of its browser sends", async ({
  open,
  context,
}) => {
  const [staying, leaving] = [await open("101"), await open("101")];
  await leaving.page.routeWebSocket(/\/v1\/socket/u, (page) => {
    const hub = page.connectToServer();
    page.onMessage((message) => {
      if (!String(message).includes('"send"')) hub.send(message);
    });
  });
  await leaving.page.reload();
  for (const tab of [staying, leaving]) await expect(tab.online).toBeVisible();
  await leaving.send("100", "Left behind");
  await expect(leaving.sent("Left behind")).toContainText("Sending");
  await leaving.page.close();
  expect(context.pages()).toHaveLength(1);
  await expect(staying.sent("Left behind")).toContainText("Stored", { timeout: 15_000 });
});
