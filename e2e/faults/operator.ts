import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const COMMANDS = join(import.meta.dirname, "../../apps/server/src/commands");

export type Said = { readonly code: number | null; readonly out: string; readonly err: string };

/** Does what an operator does at a terminal with `pnpm backup` or `pnpm restore`, for the store at that place. */
export async function operate(command: "backup" | "restore", store: string, ...args: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [join(COMMANDS, `${command}.ts`), ...args], {
    env: { PATH: process.env["PATH"], CARILLON_STORE: `sqlite:${store}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (said.out += String(chunk)));
  child.stderr.on("data", (chunk) => (said.err += String(chunk)));
  await once(child, "close");
  return { code: child.exitCode, ...said };
}
