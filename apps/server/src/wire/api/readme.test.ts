import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { startTestHub } from "../../testing/test-hub.ts";

const README = join(import.meta.dirname, "../../../../../README.md");

it("the README's curl commands run as they stand against a hub in demo mode, and again without sending twice", async () => {
  const hub = await startTestHub();
  const commands = await curlCommands();
  expect(commands).toContain("HUB=http://127.0.0.1:9501\n");
  const script = commands.replace("http://127.0.0.1:9501", hub.url);

  const [one, many, log, presence] = await run(script);
  expect(one).toMatchObject({ results: [{ to: "101", outcome: "stored" }] });
  expect(many).toMatchObject({ results: [{ outcome: "stored" }, { outcome: "stored" }, { outcome: "stored" }] });
  expect(log).toMatchObject({
    position: { seq: 2 },
    counts: { unseen: 2, unread: 2 },
    entries: [
      { from: "100", text: "Agreed.", thread: "post-1", url: "/posts/1#reply-17" },
      { from: "app:demo", priority: "high", expiresAt: expect.any(Number) },
    ],
  });
  expect(presence).toEqual({ online: false, connections: 0 });

  const tab = await hub.tab("101");
  const [again, , same, here] = await run(script);
  expect(again).toMatchObject({ results: [{ outcome: "duplicate" }] });
  expect(same).toEqual(log);
  expect(here).toEqual({ online: true, connections: 1 });
  await tab.close();
  await hub.close();
}, 30_000);

/** The block of README that has curl in it. */
async function curlCommands(): Promise<string> {
  const blocks = [...(await readFile(README, "utf8")).matchAll(/```sh\n([^]+?)```/gu)].map(([, block = ""]) => block);
  const found = blocks.find((block) => block.includes("\ncurl "));
  if (found === undefined) throw new Error("README has no block with curl in it.");
  return found;
}

/** What each command of the script answers; `-w` puts each on a line of its own. */
async function run(script: string): Promise<readonly unknown[]> {
  const { stdout } = await promisify(execFile)("sh", ["-euc", script.replaceAll("curl -s ", "curl -s -w '\\n' ")]);
  return stdout
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}
