import { now } from "./clock.ts";
import { Exchange } from "./exchange.ts";
import type { Order, Outcome } from "./order.ts";
import { randomFrom } from "./random.ts";

/**
 * So many sends a second by the clock, senders taking turns. A send that is late is stamped with the time at which it was meant to
 * go, so that a server's pause counts against all that fell into it.
 */
export async function open(order: Order, perSecond: number): Promise<Outcome> {
  const exchange = new Exchange(order);
  await exchange.crowd.prepare();
  await exchange.crowd.gather();
  const random = randomFrom(order.seed);
  const gap = 1_000_000 / perSecond;
  const start = now();
  let count = 0;
  let lateUs = 0;
  const sendDue = () => {
    const until = now();
    for (let due = start + count * gap; due <= until; due = start + count * gap) {
      exchange.send(count % order.senders, random(order.connections), Math.round(due));
      lateUs = Math.max(lateUs, until - due);
      count += 1;
    }
  };
  let isOver = false;
  const turn = () => {
    if (isOver) return;
    sendDue();
    setImmediate(turn); // A timer knows only whole milliseconds.
  };
  turn();
  const figures = await exchange.measured();
  isOver = true;
  const balance = await exchange.end();
  return { figures: { ...figures, sentLateMostMs: lateUs / 1_000 }, balance, complaint: exchange.complaint };
}
