import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "@playwright/test";
import { freePort } from "../machine/port.ts";
import { DELIVERED, Tab } from "../fixtures/tab.ts";

const DEV = join(import.meta.dirname, "../commands/dev.ts");

test("pnpm dev prints two links; opened, one rings the other, and Ctrl+C ends it all", async ({ page, context }) => {
  const folder = await mkdtemp(join(tmpdir(), "carillon-dev-"));
  const ports = { CARILLON_PORT: String(await freePort()), CARILLON_WEB_PORT: String(await freePort()) };
  const env = { ...process.env, ...ports, CARILLON_STORE: `sqlite:${join(folder, "carillon.db")}` };
  const dev = spawn(process.execPath, [DEV], { env, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const links: string[] = [];
    for await (const line of createInterface(dev.stdout)) {
      links.push(...(line.match(/http\S+\?uid=\S+/gu) ?? []));
      if (links.length === 2) break;
    }
    expect(links).toEqual(["100", "101"].map((uid) => `http://127.0.0.1:${ports.CARILLON_WEB_PORT}/?uid=${uid}`));
    dev.stdout.resume();

    const [author, target] = [new Tab(page), new Tab(await context.newPage())];
    await author.page.goto(links[0] ?? "");
    await target.page.goto(links[1] ?? "");
    await expect(target.online).toBeVisible({ timeout: 30_000 });
    await author.send("101", "From the developer's machine");
    await expect(target.toast("From the developer's machine")).toBeVisible();
    await expect(author.sent("From the developer's machine")).toContainText(DELIVERED);
  } finally {
    const exit = once(dev, "exit");
    dev.kill("SIGINT");
    expect(await exit).toEqual([0, null]);
    await rm(folder, { recursive: true });
  }
});
