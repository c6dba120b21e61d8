import { type Elsewhere, InboxUnavailable, type Places } from "../../hub/ports.ts";
import type { Store } from "./store.ts";

export type RedisPlacesOptions = {
  /** The name of this hub, as the others hear it on the bus. */
  readonly hub: string;
  /** Milliseconds between two signs of life; default 5,000. */
  readonly beat?: number | undefined;
};

type What = "hubs" | "gone" | "lost";

/**
 * What hubs know of each other's connections, kept in Redis beside the logs. A hub is there while it says so every few seconds; so
 * what one that ended without a word has put needs no cleaning: nobody believes it any more.
 */
export class RedisPlaces implements Places {
  readonly placeMs = PLACE_MS;
  readonly attentionMs = ATTENTION_MS;
  readonly #store: Store;
  readonly #hub: string;
  readonly #beat: number;
  #others: ReadonlySet<string> = new Set();
  /** Those whose places are still found, and who were not there when they were asked for. */
  #gone: ReadonlySet<string> = new Set();
  /** The life of the server that was heard last. */
  #run = "";
  #heardAt = performance.now();
  #asking: Promise<void> | undefined;
  #beating: NodeJS.Timeout | undefined;
  #onChange: (what: What) => void = () => {};

  constructor(store: Store, { hub, beat = BEAT_MS }: RedisPlacesOptions) {
    this.#store = store;
    this.#hub = hub;
    this.#beat = beat;
  }

  async open(): Promise<void> {
    await this.#ask();
    this.#beating = setInterval(() => void this.#tick(), this.#beat);
    this.#beating.unref();
  }

  /** In good order: the others need not wait until it is missed. */
  async close(): Promise<void> {
    clearInterval(this.#beating);
    try {
      await this.#store.call("FCALL", "depart", this.#store.keys.hubs, [this.#hub]);
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
    }
  }

  async put(uid: string, connections: number): Promise<Elsewhere> {
    const args = [this.#hub, connections, PLACE_MS];
    return this.#believed(await this.#store.call("FCALL", "place", this.#store.keys.user(uid), args));
  }

  async where(uid: string): Promise<Elsewhere> {
    return this.#believed(await this.#store.call("FCALL_RO", "places", this.#store.keys.user(uid), []));
  }

  async stamp(uid: string): Promise<number> {
    return Number(await this.#store.call<string>("FCALL", "stamp", this.#store.keys.user(uid), []));
  }

  async newest(uid: string): Promise<number> {
    return Number((await this.#store.send<string | null>(["GET", this.#store.keys.newest(uid)])) ?? 0);
  }

  async attend(uid: string, threads: readonly string[]): Promise<void> {
    await this.#store.call("FCALL", "attend", this.#store.keys.user(uid), [this.#hub, ATTENTION_MS, ...threads]);
  }

  isThere(hub: string): boolean {
    return this.#others.has(hub);
  }

  heard(hub: string): void {
    if (!this.#others.has(hub)) this.#know(new Set([...this.#others, hub]));
  }

  onChange(listener: (what: What) => void): void {
    this.#onChange = listener;
  }

  /** Who is unknown may have come since the last beat: asked once, then known to be there or gone. */
  async #believed(pairs: readonly (string | number)[]): Promise<Elsewhere> {
    const places = placesIn(pairs).filter(([hub]) => hub !== this.#hub);
    const unknown = places.filter(([hub]) => !this.#others.has(hub) && !this.#gone.has(hub));
    if (unknown.length > 0) {
      await this.#ask();
      const gone = unknown.flatMap(([hub]) => (this.#others.has(hub) ? [] : [hub]));
      this.#gone = new Set([...this.#gone, ...gone].slice(-MOST_GONE));
    }
    return new Map(places.filter(([hub]) => this.#others.has(hub)));
  }

  async #tick(): Promise<void> {
    try {
      await this.#ask();
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      if (performance.now() - this.#heardAt > this.#beat * LEASE_BEATS) this.#know(new Set());
    }
  }

  /** However many ask at once, the server is asked once. */
  #ask(): Promise<void> {
    this.#asking ??= this.#sayAndAsk().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** Says that this hub is there, and asks who else is. */
  async #sayAndAsk(): Promise<void> {
    const lease = this.#beat * LEASE_BEATS;
    const [run, known, hubs] = await this.#store.call<readonly [run: string, known: 0 | 1, hubs: readonly string[]]>(
      "FCALL",
      "hubs",
      this.#store.keys.hubs,
      [this.#hub, lease],
    );
    const isLost = this.#run !== "" && (known === 0 || run !== this.#run);
    this.#run = run;
    this.#heardAt = performance.now();
    const others = new Set(hubs.filter((hub) => hub !== this.#hub));
    const isOneGone = [...this.#others].some((hub) => !others.has(hub));
    this.#know(others);
    if (isOneGone) this.#onChange("gone");
    if (isLost) this.#onChange("lost");
  }

  #know(others: ReadonlySet<string>): void {
    const isSame = others.size === this.#others.size && [...others].every((hub) => this.#others.has(hub));
    this.#others = others;
    this.#gone = new Set([...this.#gone].filter((hub) => !others.has(hub)));
    if (!isSame) this.#onChange("hubs");
  }
}

function placesIn(pairs: readonly (string | number)[]): readonly (readonly [hub: string, connections: number])[] {
  return Array.from({ length: pairs.length / 2 }, (_, n) => [String(pairs[2 * n]), Number(pairs[2 * n + 1])]);
}

/** Milliseconds between two signs of life of a hub. */
const BEAT_MS = 5_000;
/** Beats without which a hub is gone. */
const LEASE_BEATS = 3;
/** Milliseconds after which a place that is not put again is forgotten. */
const PLACE_MS = 3_600_000;
/** Milliseconds after which attention that is not said again is over. */
const ATTENTION_MS = 30_000;
/** Names of hubs that are kept for being gone. */
const MOST_GONE = 1_000;
