import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { mintToken } from "@carillon/protocol/token";
import { expect, test } from "../fixtures/test.ts";

const SECRET = "a-secret-of-the-tests-of-thirty-two-bytes-or-more";
const key = { kid: "main", secret: new TextEncoder().encode(SECRET) };
const token = (uid: string) => mintToken(uid, { key, audience: "carillon" });

test.describe("in production", () => {
  test.use({ settings: { CARILLON_MODE: "production", CARILLON_TOKEN_KEYS: `main:${SECRET}` } });

  test("one port serves page, API and sockets to who has a token, and takes it out of the address bar", async ({
    hub,
    page,
    context,
  }) => {
    await page.goto(`${hub.url}/#token=${await token("100")}`);
    await expect(page.getByRole("status").filter({ hasText: "Online" })).toBeVisible();
    expect(page.url()).not.toContain("token");
    const other = await context.newPage();
    await other.goto(`${hub.url}/#token=${await token("101")}`);
    await expect(other.getByRole("status").filter({ hasText: "Online" })).toBeVisible();
    await page.getByRole("combobox", { name: "To", exact: true }).fill("101");
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("In production");
    await page.keyboard.press("Control+Enter");
    await expect(other.getByRole("region", { name: "Inbox" })).toContainText("In production");
  });

  test("nobody signs in by name alone", async ({ hub, page }) => {
    await page.goto(`${hub.url}/?uid=100`);
    await expect(page.getByRole("textbox", { name: "Token" })).toBeVisible();
  });

  test("files that never change are kept for ever, the page itself is asked for each time", async ({
    hub,
    request,
  }) => {
    const page = await request.get(hub.url);
    expect(page.headers()["cache-control"]).toBe("no-cache");
    expect(page.headers()["content-security-policy"]).toContain("default-src 'none'");
    const [asset] = /\/assets\/[^"]+\.js/u.exec(await page.text()) ?? [];
    const script = await request.get(`${hub.url}${asset}`);
    expect(script.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
  });
});

test("without a secret the hub does not start in production, and says what to set", () => {
  const main = join(import.meta.dirname, "../../apps/server/src/main.ts");
  const { status, stderr } = spawnSync(process.execPath, [main], {
    env: { PATH: process.env["PATH"] },
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toContain("export CARILLON_TOKEN_KEYS=main:");
});
