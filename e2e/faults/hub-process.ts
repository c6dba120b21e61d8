import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { answers } from "../machine/answers.ts";
import { compileCache } from "../machine/compile-cache.ts";
import { Log } from "../machine/log.ts";
import { freePort } from "../machine/port.ts";
import { settings } from "./hubs.ts";
import { endWithTest } from "./leftovers.ts";

const MAIN = join(import.meta.dirname, "../../apps/server/src/main.ts");
const LOG_CHARS = 100_000;

export type Conditions = {
  /** Words before the hub's own command line, such as a shell that sets limits and then becomes the hub. */
  readonly under?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** The module that is run, where it is not the workspace's own. */
  readonly main?: string;
};

export type End = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly log: string };

/** A hub under conditions that an operating system can set, which may end by itself. One process; it does not come back. */
export class HubProcess implements AsyncDisposable {
  readonly port: number;
  /** Resolves when the process is gone, with all that it said. */
  readonly ended: Promise<End>;
  /** What it says; of its own accord only warnings, unless `CARILLON_LOG_LEVEL` is set. */
  readonly log = new Log(LOG_CHARS);
  readonly #child: ChildProcess;

  private constructor(port: number, store: string, { under = [], env = {}, main = MAIN }: Conditions) {
    this.port = port;
    const [program, ...args]: readonly string[] = [...under, process.execPath, main];
    this.#child = spawn(program ?? process.execPath, args, {
      env: {
        PATH: process.env["PATH"],
        ...compileCache,
        ...settings,
        CARILLON_MODE: "demo",
        CARILLON_PORT: String(port),
        CARILLON_STORE: `sqlite:${store}`,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const kill = () => this.#child.kill("SIGKILL");
    process.once("exit", kill);
    for (const stream of [this.#child.stdout, this.#child.stderr]) this.log.hear(stream);
    this.ended = once(this.#child, "close").then(() => {
      process.off("exit", kill);
      return { code: this.#child.exitCode, signal: this.#child.signalCode, log: this.log.text };
    });
    endWithTest(() => this.kill());
  }

  /** One that is starting and may never answer: `ended` tells. */
  static async launch(store: string, conditions: Conditions = {}): Promise<HubProcess> {
    return new HubProcess(await freePort(), store, conditions);
  }

  /** One that answers. */
  static async start(store: string, conditions: Conditions = {}): Promise<HubProcess> {
    const hub = await HubProcess.launch(store, conditions);
    const outcome = await Promise.race([hub.answering(), hub.ended]);
    if (outcome !== undefined) throw new Error(`The hub ended:\n${outcome.log}`);
    return hub;
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN;
  }

  /** Resolves once it answers. */
  answering(): Promise<void> {
    const gone = new AbortController();
    this.#child.once("exit", () => gone.abort(new Error("The hub ended.")));
    return answers(`http://127.0.0.1:${this.port}/healthz`, gone.signal);
  }

  /** As an operator does. */
  stop(): Promise<End> {
    this.#child.kill("SIGTERM");
    return this.ended;
  }

  /** As power loss does. */
  kill(): Promise<End> {
    this.#child.kill("SIGKILL");
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
