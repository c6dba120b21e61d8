import { setTimeout as pause } from "node:timers/promises";
import { isWhole, numberIn } from "./body.ts";
import { now } from "./clock.ts";
import { Crowd } from "./crowd.ts";
import { DIALECTS } from "./dialects/all.ts";
import { Histogram } from "./histogram.ts";
import type { Order, Outcome } from "./order.ts";
import { settle } from "./window.ts";

/**
 * Member 1 is away while member 0 writes to it `missed` times. Then it comes back to where it was, over and over: from its `hello`
 * to the last entry, all of them in their order each time.
 */
export async function resume(order: Order, missed: number, times: number): Promise<Outcome> {
  const returns = new Returns(missed);
  let acknowledged = 0;
  let cut = 0;
  const crowd = new Crowd({
    ...order,
    dialect: DIALECTS[order.dialect],
    count: 2,
    userOf: (index) => index,
    onBody: (_member, bytes, start) => returns.onBody(bytes, start),
    onAcknowledged: () => (acknowledged += 1),
    onCut: () => (cut += 1),
  });
  await crowd.prepare();
  await crowd.gather();
  const position = crowd.cut(AWAY);
  for (let n = 0; n < missed; n += 1) crowd.send(WRITER, AWAY, now(), n);
  await settle(
    () => missed - acknowledged,
    () => acknowledged,
  );

  const durations = new Histogram();
  for (let n = 0; n < times; n += 1) {
    const all = returns.next();
    await crowd.join(AWAY, position);
    await Promise.race([all, pause(PATIENCE_MS, undefined, { ref: false })]);
    durations.add(returns.lastAt - crowd.askedAt(AWAY));
    await pause(STEP_MS); // What comes twice comes now.
    crowd.cut(AWAY);
  }
  crowd.leave();
  const { delivered, doubled, damaged } = returns;
  const balance = { sent: missed, acknowledged, delivered, lost: missed * times - delivered, doubled, damaged, cut };
  return { figures: durations.percentiles("resume"), balance };
}

const WRITER = 0;
const AWAY = 1;
const PATIENCE_MS = 20_000;
const STEP_MS = 20;

/** What each return brings: the same numbers in the same order. */
class Returns {
  delivered = 0;
  doubled = 0;
  damaged = 0;
  lastAt = 0;
  readonly #count: number;
  #expected: number;
  #onAll: () => void = () => {};

  constructor(count: number) {
    this.#count = count;
    this.#expected = count; // Until the first return, nothing is.
  }

  /** Resolves when everything has come once more. */
  next(): Promise<void> {
    this.#expected = 0;
    return new Promise((resolve) => (this.#onAll = resolve));
  }

  onBody(bytes: Buffer, start: number): void {
    if (start < 0 || !isWhole(bytes, start)) this.damaged += 1;
    else if (numberIn(bytes, start) !== this.#expected) this.doubled += 1;
    else this.#onNext();
  }

  #onNext(): void {
    this.delivered += 1;
    this.#expected += 1;
    this.lastAt = now();
    if (this.#expected === this.#count) this.#onAll();
  }
}
