import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { endWithTest } from "../faults/leftovers.ts";
import { Signal } from "../faults/signal.ts";

export type CrowdOrder = {
  readonly port: number;
  readonly count: number;
  /** Begins each uid; a number follows, from 0. */
  readonly prefix: string;
};

/** How many of its clients are so now: little enough to be told at every change. */
export type CrowdCounts = {
  readonly online: number;
  /** Times that any came online. */
  readonly arrivals: number;
  /** Clients at which a notification rang. */
  readonly rung: number;
  /** How often the hub asked the one that it asked least whether it is there. */
  readonly pings: number;
};

/** What became of its clients, in their order. */
export type CrowdReport = CrowdCounts & {
  /** When each last came online, in milliseconds since 1970. */
  readonly cameAt: readonly number[];
  /** Connections that any of them tried. */
  readonly dials: number;
  /** Notifications that rang at each. */
  readonly shown: readonly number[];
};

/** What its program says: a report when asked for one, and how things stand whenever that changed. */
export type CrowdWord = { readonly counts: CrowdCounts } | { readonly report: CrowdReport };

/** Many clients of the product in a process of their own, each from an address that it shares with few. */
export class Crowd implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;
  readonly #changes = new Signal();
  readonly #reports: CrowdReport[] = [];
  #counts: CrowdCounts = { online: 0, arrivals: 0, rung: 0, pings: 0 };

  constructor(order: CrowdOrder) {
    this.#child = fork(join(import.meta.dirname, "crowd-program.ts"), [JSON.stringify(order)], { execArgv: [] });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the program says nothing else.
    this.#child.on("message", (word) => this.#onWord(word as CrowdWord));
    this.#ended = once(this.#child, "exit").then(() => {
      throw new Error("The crowd is gone.");
    });
    this.#ended.catch(() => {}); // It is told to whoever waits for something.
    endWithTest(() => this[Symbol.asyncDispose]());
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN;
  }

  async report(): Promise<CrowdReport> {
    this.#child.send("report");
    await Promise.race([this.#changes.until(() => this.#reports.length > 0), this.#ended]);
    const report = this.#reports.shift();
    if (report === undefined) throw new Error("The report was taken by another.");
    return report;
  }

  /** Resolves once it holds. */
  async until(holds: (counts: CrowdCounts) => boolean): Promise<void> {
    await Promise.race([this.#changes.until(() => holds(this.#counts)), this.#ended]);
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

  #onWord(word: CrowdWord): void {
    if ("report" in word) this.#reports.push(word.report);
    else this.#counts = word.counts;
    this.#changes.tell();
  }
}
