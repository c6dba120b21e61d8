import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type Command, pinned, SERVER_CORE } from "../machine/pinning.ts";
import { treeOf } from "../machine/tree.ts";
import type { Running } from "./peer.ts";

export type Launch = {
  readonly command: Command;
  readonly folder: string;
  readonly port: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it can serve; without it, that its port can be connected to. */
  readonly isReady?: () => Promise<boolean>;
};

/** Starts a server on its core, and waits until it can serve. @throws with what it said, if it ends or takes too long. */
export async function launch({ command, folder, port, env, isReady = () => accepts(port) }: Launch): Promise<Running> {
  const [program, ...args] = pinned(SERVER_CORE, command);
  const startedAt = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => (said = (said + String(chunk)).slice(-SAID_CHARS)));
  child.once("error", (error) => (said = error.message));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const isGone = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const end = async () => {
    process.off("exit", kill);
    if (isGone()) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const late = setTimeout(kill, END_MS);
    await gone;
    clearTimeout(late);
  };
  while (!(await isReady())) {
    if (isGone() || performance.now() - startedAt > START_MS) {
      await end();
      throw new Error(`${program} did not start: ${said}`);
    }
    await pause(POLL_MS);
  }
  const bootMs = performance.now() - startedAt;
  return { port, pids: treeOf(child.pid ?? process.pid), bootMs, end };
}

/** Whether somebody listens there. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const tell = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once("connect", () => tell(true));
    socket.once("error", () => tell(false));
  });
}

const START_MS = 60_000;
const END_MS = 15_000;
const POLL_MS = 2;
const SAID_CHARS = 4_000;
