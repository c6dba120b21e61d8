import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { Ledger } from "./ledger.ts";
import { isLong } from "./long.ts";
import { Signal } from "./signal.ts";
import { User } from "./user.ts";

/** Two well-behaved users who write to each other throughout, one after the other, and take the time. */
export class Witnesses implements AsyncDisposable {
  readonly ledger = new Ledger();
  readonly #changes = new Signal();
  readonly #pair: readonly [User, User];
  readonly #talk: Promise<void>;
  readonly #latencies = new Map<string, number[]>();
  #phase = "before";
  #isOver = false;

  /** They come to a hub by a way that no fault lies on. */
  constructor(port: number) {
    const options = { port, ledger: this.ledger, changes: this.#changes, random: Math.random };
    this.#pair = [new User("witness-1", options), new User("witness-2", options)];
    this.#talk = this.#exchange();
  }

  /** What follows is measured under this name. */
  set phase(name: string) {
    this.#phase = name;
  }

  /** How many were measured in this phase. */
  samples(phase: string): number {
    return this.#latencies.get(phase)?.length ?? 0;
  }

  /** Resolves when something was measured in this phase. */
  async measured(phase: string): Promise<void> {
    await this.#changes.until(() => this.samples(phase) > 0);
  }

  /** Milliseconds from `send` to the other's screen that 99 of 100 in this phase took at most. */
  p99(phase: string): number {
    const sorted = (this.#latencies.get(phase) ?? []).toSorted((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
  }

  /** Ends the exchange; the last one, and its receipt, still arrive. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await this.#talk;
    await Promise.all(this.#pair.map((user) => user.settled()));
    await this.#changes.until(() => this.ledger.deliveredCount === this.ledger.sentCount);
  }

  /** Ends the exchange, and expects of it that nothing was lost or came twice, and in this phase hardly later than in the one named calm. */
  async unharmed(phase: string): Promise<void> {
    await this.finish();
    const [calm, late] = [this.p99("calm"), this.p99(phase)];
    console.log(`p99 of the witnesses: ${calm.toFixed(1)} ms calm, ${late.toFixed(1)} ms ${phase}`);
    const { sent, shown, ...found } = this.ledger.findings();
    expect([shown, found]).toMatchObject([sent, { doubled: [], disordered: [], reseated: [] }]);
    expect(this.samples(phase)).toBeGreaterThan(0);
    // A short run shares its processors with other tests, and a handful of samples has no p99 worth the name.
    if (isLong) expect(late).toBeLessThan(2 * calm);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    for (const user of this.#pair) user[Symbol.dispose]();
    this.#changes.tell();
  }

  async #exchange(): Promise<void> {
    let [author, target] = this.#pair;
    await Promise.all([author.online(), target.online()]);
    while (!this.#isOver) {
      const phase = this.#phase;
      const start = performance.now();
      const id = await author.send(target.uid, "Are you there?");
      await this.#changes.until(() => this.ledger.isShown(author.uid, id));
      this.#latencies.set(phase, [...(this.#latencies.get(phase) ?? []), performance.now() - start]);
      this.#changes.tell();
      [author, target] = [target, author];
      await pause(BREATH_MS);
    }
  }
}

/** They are witnesses, not load. */
const BREATH_MS = 5;
