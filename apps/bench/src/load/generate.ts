import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { LOAD_CORE, pinned } from "../machine/pinning.ts";
import type { Order, Outcome } from "./order.ts";

/** Lets a process of its own do this, on the core that the server is not on. @throws what it said, if it ended without an outcome. */
export async function generate(order: Order): Promise<Outcome> {
  const [program, ...args] = pinned(LOAD_CORE, [
    process.execPath,
    "--no-warnings",
    join(import.meta.dirname, "program.ts"),
    JSON.stringify(order),
  ]);
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe", "ipc"], timeout: LONGEST_MS });
  let said = "";
  child.stderr?.on("data", (chunk) => (said = (said + String(chunk)).slice(-SAID_CHARS)));
  let outcome: Outcome | undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the program sends nothing else.
  child.once("message", (message) => (outcome = message as Outcome));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  await once(child, "close");
  process.off("exit", kill);
  if (outcome === undefined) throw new Error(`The load generator ended without an outcome:\n${said}`);
  return outcome;
}

const LONGEST_MS = 600_000;
const SAID_CHARS = 4_000;
