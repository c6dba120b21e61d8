import { isWhole, numberIn, senderIn, timeIn } from "./body.ts";
import { now } from "./clock.ts";
import { Crowd } from "./crowd.ts";
import { DIALECTS } from "./dialects/all.ts";
import { Histogram } from "./histogram.ts";
import { Ledger } from "./ledger.ts";
import type { Balance, Figures, Order } from "./order.ts";
import { measured, settle } from "./window.ts";

/** Sends between members of a crowd, with what became of each and how long it took. */
export class Exchange {
  readonly ledger: Ledger;
  readonly crowd: Crowd;
  /** From when a send was meant to go until it was delivered. */
  readonly latency = new Histogram();
  /** A send was acknowledged and delivered. */
  onFinished: (sender: number) => void = () => {};
  /** Why the first connection that was cut was. */
  complaint: string | undefined;
  readonly #order: Order;
  readonly #numbers: Int32Array;

  constructor(order: Order) {
    this.#order = order;
    const dialect = DIALECTS[order.dialect];
    this.ledger = new Ledger(order.senders, dialect.acknowledges);
    this.#numbers = new Int32Array(order.senders);
    this.crowd = new Crowd({
      ...order,
      dialect,
      count: order.connections,
      userOf: (index) => index * order.stride,
      onBody: (_member, bytes, start) => this.#onBody(bytes, start),
      onAcknowledged: (member, number) => {
        if (this.ledger.acknowledge(member, number) === "finished") this.onFinished(member);
      },
      onCut: (_member, reason) => {
        this.ledger.cut += 1;
        this.complaint ??= reason;
      },
    });
  }

  /** @param at the microsecond at which it is meant to go, which is now or was before. */
  send(sender: number, to: number, at: number): void {
    const number = this.#numbers[sender] ?? 0;
    this.#numbers[sender] = number + 1;
    this.ledger.send(sender, number);
    this.crowd.send(sender, to, at, number);
  }

  measured(): Promise<Figures> {
    return measured(this.#order, this.latency, () => this.ledger.delivered);
  }

  /** Nothing more will be sent: waits for what is under way, and ends all connections. */
  async end(): Promise<Balance> {
    const { ledger, crowd } = this;
    await settle(
      () => ledger.unfinished,
      () => ledger.sent - ledger.unfinished,
    );
    const balance = ledger.balance();
    crowd.leave();
    return balance;
  }

  #onBody(bytes: Buffer, start: number): void {
    if (start < 0 || !isWhole(bytes, start)) {
      this.ledger.damaged += 1;
      return;
    }
    const sender = senderIn(bytes, start);
    const news = this.ledger.deliver(sender, numberIn(bytes, start));
    if (news === "unexpected") return;
    this.latency.add(now() - timeIn(bytes, start));
    if (news === "finished") this.onFinished(sender);
  }
}
