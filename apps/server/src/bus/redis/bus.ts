import { nanoid } from "nanoid";
import { type Bus, InboxUnavailable, type News, type Revocation } from "../../hub/ports.ts";
import type { Link, RedisAccess } from "../../redis/link.ts";
import { linkTo } from "../../redis/link-to.ts";
import { ALL_PARTITIONS, Keys, partitionOf } from "../../redis/keys.ts";
import { Attendance } from "./attendance.ts";
import { decode, encode, type Message } from "./message.ts";
import { Outbox, type Saying } from "./outbox.ts";

export type RedisBusOptions = RedisAccess & {
  /** The name of this hub among those that share the store; default: one of its own. */
  readonly hub?: string;
  readonly prefix: string;
  /** Milliseconds that Redis may take to answer. */
  readonly patience: number;
  /** Milliseconds between two beats; default 5,000. */
  readonly beat?: number;
};

type RingListener = Parameters<Bus["onRing"]>[0];
type DoubtListener = Parameters<Bus["onDoubt"]>[0];
type NewsListener = Parameters<Bus["onNews"]>[0];

/** Connects. Rejects with what the operator has to know. */
export async function openRedisBus(options: RedisBusOptions): Promise<Bus> {
  const bus = new RedisBus(options);
  await bus.open();
  return bus;
}

/**
 * Rings on a fixed number of sharded channels, each for a part of the users. Each message has a number, each
 * hub's own in each part, and a beat now and then repeats the last: so whoever missed one notices, and looks at the logs of its
 * users of that part. A hub hears itself, too: if it does not, its subscription is dead, whatever the connection says.
 */
class RedisBus implements Bus {
  readonly #id: string;
  readonly #keys: Keys;
  readonly #beat: number;
  readonly #link: Link;
  readonly #outbox = new Outbox();
  readonly #said = new Map<number, number>();
  readonly #attendances: ReadonlyMap<number, Attendance>;
  /** When this hub last heard itself in each part. */
  readonly #echoes = new Map<number, number>();
  readonly #partitions: ReadonlyMap<string, number>;
  #onRing: RingListener = () => {};
  #onRevoked: (revocation: Revocation) => void = () => {};
  #onNews: NewsListener = () => {};
  #onDoubt: DoubtListener = () => {};
  #flush: NodeJS.Immediate | undefined;
  #beating: NodeJS.Timeout | undefined;

  constructor({ hub = nanoid(), prefix, patience, beat = BEAT_MS, ...access }: RedisBusOptions) {
    this.#id = hub;
    this.#keys = new Keys(prefix);
    this.#beat = beat;
    this.#partitions = new Map(ALL_PARTITIONS.map((partition) => [this.#keys.bell(partition), partition]));
    this.#attendances = new Map(ALL_PARTITIONS.map((partition) => [partition, new Attendance(beat * SILENT_BEATS)]));
    this.#link = linkTo({
      ...access,
      patience,
      prepare: async () => this.#hearMyself(),
      subscription: {
        channels: () => [...this.#partitions.keys()],
        onMessage: (text, channel) => this.#hear(text, channel),
      },
      onChange: (is) => (is === "here" ? this.#isBack() : undefined),
    });
  }

  async open(): Promise<void> {
    await this.#link.open();
    this.#beating = setInterval(() => this.#tick(), this.#beat);
    this.#beating.unref();
    this.#tick();
  }

  ring(uid: string, head: number, epoch?: string): void {
    this.#outbox.ring({ uid, head, epoch });
    this.#flush ??= setImmediate(() => this.#sayAll());
  }

  onRing(listener: RingListener): void {
    this.#onRing = listener;
  }

  revoked(revocation: Revocation): void {
    this.#outbox.revoked(revocation);
    this.#flush ??= setImmediate(() => this.#sayAll());
  }

  onRevoked(listener: (revocation: Revocation) => void): void {
    this.#onRevoked = listener;
  }

  tell(news: News): void {
    this.#outbox.tell(news);
    this.#flush ??= setImmediate(() => this.#sayAll());
  }

  onNews(listener: NewsListener): void {
    this.#onNews = listener;
  }

  onDoubt(listener: DoubtListener): void {
    this.#onDoubt = listener;
  }

  isHeard(): boolean {
    const since = performance.now() - this.#beat * DEAF_BEATS;
    return ALL_PARTITIONS.every((partition) => (this.#echoes.get(partition) ?? 0) > since);
  }

  async close(): Promise<void> {
    clearInterval(this.#beating);
    clearImmediate(this.#flush);
    await Promise.all(this.#sayAll());
    this.#link.close();
  }

  #sayAll(): readonly Promise<void>[] {
    this.#flush = undefined;
    return this.#outbox.take().map(([partition, saying]) => {
      const n = (this.#said.get(partition) ?? 0) + 1;
      this.#said.set(partition, n);
      return this.#publish(partition, { n, isBeat: false, ...saying });
    });
  }

  /** What cannot be said is lost; its number is not, so the others notice. */
  async #publish(partition: number, saying: Saying & Pick<Message, "n" | "isBeat">): Promise<void> {
    try {
      await this.#link.send(["SPUBLISH", this.#keys.bell(partition), encode({ hub: this.#id, ...saying })]);
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
    }
  }

  /** Whatever was rung while it was away was not heard here; nor was it elsewhere what was rung here, which the beats tell. */
  #isBack(): void {
    this.#onDoubt(() => true);
    this.#tick();
  }

  #tick(): void {
    const now = performance.now();
    for (const [partition, attendance] of this.#attendances) {
      attendance.forget(now);
      void this.#publish(partition, {
        n: this.#said.get(partition) ?? 0,
        isBeat: true,
        rings: [],
        revoked: [],
        news: [],
      });
    }
    if (!this.isHeard()) this.#link.beginAnew("the hub does not hear itself");
  }

  /** As of a new subscription. */
  #hearMyself(): void {
    for (const partition of ALL_PARTITIONS) this.#echoes.set(partition, performance.now());
  }

  #hear(text: string, channel: string): void {
    const partition = this.#partitions.get(channel);
    const message = decode(text);
    if (partition === undefined || message === undefined) return;
    const now = performance.now();
    if (message.hub === this.#id) return void this.#echoes.set(partition, now);
    const { hub, n, isBeat, rings, revoked, news } = message;
    for (const { uid, head, epoch } of rings) this.#onRing(uid, head, epoch);
    for (const revocation of revoked) this.#onRevoked(revocation);
    for (const each of news) this.#onNews(each, hub);
    const isDoubtful = this.#attendances.get(partition)?.hear(hub, n, isBeat, now) ?? false;
    if (isDoubtful) this.#onDoubt((uid) => partitionOf(uid) === partition);
  }
}

/** Milliseconds between two beats. */
const BEAT_MS = 5_000;
/** Beats without an echo after which a subscription counts as dead. */
const DEAF_BEATS = 3;
/** Beats without which a hub counts as gone. */
const SILENT_BEATS = 12;
