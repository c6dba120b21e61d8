import type { Balance } from "./order.ts";

/** What one more delivery, or acknowledgement, of a send means. */
export type News = "finished" | "half" | "unexpected";

/**
 * Every send and what became of it, exactly: a delivery of what was not sent, was delivered before, or was given up does not count
 * as one.
 */
export class Ledger {
  sent = 0;
  acknowledged = 0;
  delivered = 0;
  doubled = 0;
  damaged = 0;
  cut = 0;
  readonly #acknowledges: boolean;
  /** For each sender and place: the number that is under way there, and what it still lacks. */
  readonly #numbers: Int32Array;
  readonly #lacks: Uint8Array;
  #unfinished = 0;

  constructor(senders: number, acknowledges: boolean) {
    this.#acknowledges = acknowledges;
    this.#numbers = new Int32Array(senders * UNDER_WAY).fill(-1);
    this.#lacks = new Uint8Array(senders * UNDER_WAY);
  }

  /** Sends that are not both delivered and acknowledged. */
  get unfinished(): number {
    return this.#unfinished;
  }

  send(sender: number, number: number): void {
    const place = placeOf(sender, number);
    this.#numbers[place] = number;
    this.#lacks[place] = this.#acknowledges ? DELIVERY | ACKNOWLEDGEMENT : DELIVERY;
    this.sent += 1;
    this.#unfinished += 1;
  }

  acknowledge(sender: number, number: number): News {
    const news = this.#gets(sender, number, ACKNOWLEDGEMENT);
    if (news !== "unexpected") this.acknowledged += 1;
    return news;
  }

  deliver(sender: number, number: number): News {
    const news = this.#gets(sender, number, DELIVERY);
    if (news === "unexpected") this.doubled += 1;
    else this.delivered += 1;
    return news;
  }

  /** @param due deliveries of each send. */
  balance(due = 1): Balance {
    const { sent, delivered, doubled, damaged, cut } = this;
    const acknowledged = this.#acknowledges ? this.acknowledged : sent;
    return { sent, acknowledged, delivered, lost: sent * due - delivered, doubled, damaged, cut };
  }

  #gets(sender: number, number: number, what: number): News {
    const place = placeOf(sender, number);
    const lacks = this.#lacks[place] ?? 0;
    if (this.#numbers[place] !== number || (lacks & what) === 0) return "unexpected";
    this.#lacks[place] = lacks & ~what;
    if (lacks !== what) return "half";
    this.#unfinished -= 1;
    return "finished";
  }
}

const DELIVERY = 1;
const ACKNOWLEDGEMENT = 2;
/** Sends of one sender that may be under way; an older one would be taken for lost. */
const UNDER_WAY = 4_096;

function placeOf(sender: number, number: number): number {
  return sender * UNDER_WAY + (number % UNDER_WAY);
}
