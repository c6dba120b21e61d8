import { expect } from "vitest";
import { size } from "../../../../e2e/faults/long.ts";
import { type Inbox, InboxUnavailable } from "../hub/ports.ts";
import { draft } from "../inbox/contract/bench.ts";
import { logOf } from "./log-of.ts";

/** Milliseconds: what `everysec` may lose. Two seconds are promised; a machine that others use, and its disk, get one more. */
export const MOST_LOST_MS = size(3_000, 2_000);

/** What was answered to those who send to one user, and which draft each seq of each epoch was given to. */
export class Ledger {
  readonly to: string;
  readonly answered: string[] = [];
  /** When each was, as `performance.now()` has it. */
  readonly #answeredAt = new Map<string, number>();
  readonly givenTwice: string[] = [];
  readonly #given = new Map<string, string>();

  constructor(to: string) {
    this.to = to;
  }

  /**
   * By each inbox authors of its own send one draft after the other, each until it is answered, as a client does. Resolves when all
   * have stopped.
   */
  async sendAll(inboxes: readonly Inbox[], authors: readonly string[], over: AbortSignal): Promise<void> {
    const sending = inboxes.flatMap((inbox, n) => authors.map((author) => this.#sendOn(inbox, `${author}-${n}`, over)));
    await Promise.all(sending);
  }

  /** Resolves when so many more are answered. */
  async grows(by: number): Promise<void> {
    const goal = this.answered.length + by;
    await expect.poll(() => this.answered.length, { timeout: 30_000, interval: 10 }).toBeGreaterThan(goal);
  }

  /** The log is contiguous and has each draft once; no seq was given twice in one epoch. What was answered and is not there. */
  async lostFrom(inbox: Inbox): Promise<readonly string[]> {
    const entries = await logOf(inbox, this.to);
    expect(entries.findIndex(({ seq }, n) => seq !== n + 1)).toBe(-1);
    const stored = entries.flatMap((entry) => (entry.kind === "notification" ? `${entry.from} ${entry.id}` : []));
    const there = new Set(stored);
    const times = Map.groupBy(stored, (name) => name);
    expect([...times].filter(([, { length }]) => length > 1)).toEqual([]);
    expect(this.givenTwice).toEqual([]);
    return this.answered.filter((name) => !there.has(name));
  }

  /** Resolves when the first answer is so many milliseconds old. */
  async isAsOldAs(ms: number): Promise<void> {
    const isOld = () => this.answered.slice(0, 1).some((name) => this.age(name) > ms);
    await expect.poll(isOld, { timeout: 30_000, interval: 10 }).toBe(true);
  }

  /** Milliseconds since this was answered, at that moment. */
  age(name: string, at = performance.now()): number {
    return at - (this.#answeredAt.get(name) ?? at);
  }

  async #sendOn(inbox: Inbox, author: string, over: AbortSignal): Promise<void> {
    for (let n = 0; !over.aborted; n++) {
      await this.#send(inbox, author, `d${n}`);
      await pause(BETWEEN_DRAFTS_MS);
    }
  }

  async #send(inbox: Inbox, from: string, id: string): Promise<void> {
    for (;;) {
      try {
        const [appended] = await inbox.commit([draft(from, this.to, id)]);
        if (appended?.outcome === "stored")
          for (const { uid, epoch, entries } of appended.growth)
            for (const { seq } of entries) if (uid === this.to) this.#give(`${epoch} ${seq}`, `${from} ${id}`);
        this.answered.push(`${from} ${id}`);
        this.#answeredAt.set(`${from} ${id}`, performance.now());
        return;
      } catch (error) {
        if (!(error instanceof InboxUnavailable)) throw error;
        await pause(BEFORE_RESEND_MS);
      }
    }
  }

  #give(place: string, name: string): void {
    const before = this.#given.get(place);
    if (before !== undefined && before !== name) this.givenTwice.push(`${place}: ${before}, ${name}`);
    this.#given.set(place, name);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

const BETWEEN_DRAFTS_MS = 10;
const BEFORE_RESEND_MS = 20;
