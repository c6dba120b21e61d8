import { now } from "./clock.ts";
import { Exchange } from "./exchange.ts";
import type { Order, Outcome } from "./order.ts";
import { randomFrom } from "./random.ts";

/** Each sender keeps `window` sends under way: as soon as one is acknowledged and delivered, it sends the next. */
export async function closed(order: Order, window: number): Promise<Outcome> {
  const exchange = new Exchange(order);
  await exchange.crowd.prepare();
  await exchange.crowd.gather();
  const random = randomFrom(order.seed);
  let isOver = false;
  const sendOne = (sender: number) => {
    if (!isOver) exchange.send(sender, random(order.connections), now());
  };
  exchange.onFinished = sendOne;
  for (let sender = 0; sender < order.senders; sender += 1) for (let n = 0; n < window; n += 1) sendOne(sender);

  const figures = await exchange.measured();
  isOver = true;
  const balance = await exchange.end();
  return { figures, balance, complaint: exchange.complaint };
}
