import { isWhole, numberIn, timeIn } from "./body.ts";
import { now } from "./clock.ts";
import { Crowd } from "./crowd.ts";
import { DIALECTS } from "./dialects/all.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { Histogram } from "./histogram.ts";
import type { Order, Outcome } from "./order.ts";
import { measured, settle } from "./window.ts";

/** The first member writes to a user who has all other connections: the next as soon as all have the last, and it is acknowledged. */
export async function fanOut(order: Order): Promise<Outcome> {
  const tabs = order.connections - 1;
  /** The number that each tab has to get next: another one is doubled, or comes where one is missing. */
  const expected = new Int32Array(order.connections);
  const latency = new Histogram();
  const sums = { sent: 0, acknowledged: 0, delivered: 0, doubled: 0, damaged: 0, cut: 0 };
  let isOver = false;
  const dialect: Dialect = DIALECTS[order.dialect];

  const crowd = new Crowd({
    ...order,
    dialect,
    count: order.connections,
    userOf: (index) => (index === WRITER ? 0 : 1),
    onBody: (member, bytes, start) => {
      if (start < 0 || !isWhole(bytes, start)) sums.damaged += 1;
      else if (numberIn(bytes, start) !== expected[member]) sums.doubled += 1;
      else onDelivered(member, bytes, start);
    },
    onAcknowledged: () => {
      sums.acknowledged += 1;
      sendNext();
    },
    onCut: () => (sums.cut += 1),
  });
  const onDelivered = (member: number, bytes: Buffer, start: number) => {
    expected[member] = (expected[member] ?? 0) + 1;
    sums.delivered += 1;
    latency.add(now() - timeIn(bytes, start));
    sendNext();
  };
  const isFinished = () =>
    sums.delivered === sums.sent * tabs && (!dialect.acknowledges || sums.acknowledged === sums.sent);
  const sendNext = () => {
    if (isOver || !isFinished()) return;
    crowd.send(WRITER, 1, now(), sums.sent);
    sums.sent += 1;
  };

  await crowd.prepare();
  await crowd.gather();
  sendNext();
  const figures = await measured(order, latency, () => sums.delivered);
  isOver = true;
  await settle(
    () => (isFinished() ? 0 : 1),
    () => sums.delivered,
  );
  crowd.leave();
  const acknowledged = dialect.acknowledges ? sums.acknowledged : sums.sent;
  return { figures, balance: { ...sums, acknowledged, lost: sums.sent * tabs - sums.delivered } };
}

const WRITER = 0;
