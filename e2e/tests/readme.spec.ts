import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "../fixtures/test.ts";

test("the README's own program connects, rings a tab, and hears what becomes of it", async ({ hub, open }) => {
  const tab = await open("101");
  await expect(tab.online).toBeVisible();
  const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");
  const [, program] = /```js\n([^]+?)```/u.exec(readme) ?? [];
  expect(program).toContain('const hub = "127.0.0.1:9501";');

  const source = String(program).replace("127.0.0.1:9501", `127.0.0.1:${hub.port}`);
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kinds: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    kinds.push(JSON.parse(line).kind);
    if (kinds.length === 2) break;
  }
  child.kill();
  expect(kinds).toEqual(["sent", "receipt"]);
  await expect(tab.toast("Hello from a program.")).toBeVisible();
});
