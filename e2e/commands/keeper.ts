import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export type Program = {
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
};

type State =
  | { readonly at: "running"; readonly child: ChildProcess; readonly since: number; readonly isRenewing: boolean }
  | { readonly at: "waiting"; readonly timer: NodeJS.Timeout }
  | { readonly at: "stopped" };

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
/** One that ran this long was well, and its next wait is the first again. */
const WELL_MS = 5_000;
const GRACE_MS = 5_000;

/** Keeps one program running until it is stopped: what ends by itself, or is killed, comes back after a growing wait. */
export class Keeper {
  readonly #program: Program;
  readonly #onEnd: (how: string) => void;
  #state: State = { at: "stopped" };
  #wait = FIRST_WAIT_MS;

  /** `onEnd` hears of every end that was not asked for, before the wait for the next start begins. */
  constructor(program: Program, onEnd: (how: string) => void) {
    this.#program = program;
    this.#onEnd = onEnd;
  }

  start(): void {
    const [file, ...args] = this.#program.command;
    const child = spawn(file, args, {
      stdio: "inherit",
      env: { ...process.env, ...this.#program.env },
      // In a group of its own, so that Ctrl+C reaches it once, through us: a second signal would cut its drain short.
      detached: process.platform !== "win32",
    });
    this.#state = { at: "running", child, since: performance.now(), isRenewing: false };
    child.once("error", (error) => this.#childOnEnd(child, error.message));
    child.once("exit", (code, signal) => this.#childOnEnd(child, signal ?? `exit code ${code}`));
  }

  /** Ends the program as its operator would, and starts it anew. One that waits for its next start needs no more. */
  renew(): void {
    if (this.#state.at !== "running" || this.#state.isRenewing) return;
    this.#state = { ...this.#state, isRenewing: true };
    terminate(this.#state.child);
  }

  async stop(): Promise<void> {
    const last = this.#state;
    this.#state = { at: "stopped" };
    if (last.at === "waiting") clearTimeout(last.timer);
    if (last.at !== "running") return;
    const exit = once(last.child, "exit");
    terminate(last.child);
    await exit;
  }

  /** For when we end ourselves and can wait for nothing. */
  kill(): void {
    if (this.#state.at === "running") this.#state.child.kill("SIGKILL");
  }

  #childOnEnd(child: ChildProcess, how: string): void {
    if (this.#state.at !== "running" || this.#state.child !== child) return;
    if (this.#state.isRenewing) return this.start();
    if (performance.now() - this.#state.since > WELL_MS) this.#wait = FIRST_WAIT_MS;
    this.#state = { at: "waiting", timer: setTimeout(() => this.start(), this.#wait) };
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.#onEnd(how);
  }
}

/** SIGTERM, and SIGKILL for one that does not heed it. */
function terminate(child: ChildProcess): void {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  child.once("exit", () => clearTimeout(timer));
}
