import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { endWithTest } from "../faults/leftovers.ts";

export type CrowdOrder = {
  readonly port: number;
  readonly count: number;
  /** Begins each uid; a number follows, from 0. */
  readonly prefix: string;
};

/** What became of its clients, in their order. */
export type CrowdReport = {
  readonly online: number;
  /** When each last came online, in milliseconds since 1970. */
  readonly cameAt: readonly number[];
  /** Connections that any of them tried. */
  readonly dials: number;
  /** Times that any came online. */
  readonly arrivals: number;
  /** Notifications that rang at each. */
  readonly shown: readonly number[];
};

/** Many clients of the product in a process of their own, each from an address that it shares with few. */
export class Crowd implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;

  constructor(order: CrowdOrder) {
    this.#child = fork(join(import.meta.dirname, "crowd-program.ts"), [JSON.stringify(order)], { execArgv: [] });
    this.#ended = once(this.#child, "exit").then(() => {
      throw new Error("The crowd is gone.");
    });
    this.#ended.catch(() => {}); // It is told to whoever asks for a report.
    endWithTest(() => this[Symbol.asyncDispose]());
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN;
  }

  async report(): Promise<CrowdReport> {
    const answer = once(this.#child, "message");
    this.#child.send("report");
    const [report] = await Promise.race([answer, this.#ended]);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the program sends nothing else.
    return report as CrowdReport;
  }

  /** Resolves with the first report of which it holds. */
  async until(holds: (report: CrowdReport) => boolean): Promise<CrowdReport> {
    for (;;) {
      const report = await this.report();
      if (holds(report)) return report;
      await pause(BETWEEN_MS);
    }
  }

  /** Every process of it stands still, with its sockets open. */
  stop(): void {
    this.#child.kill("SIGSTOP");
  }

  continue(): void {
    this.#child.kill("SIGCONT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended.catch(() => {});
  }
}

const BETWEEN_MS = 100;
