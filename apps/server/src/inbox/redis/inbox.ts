import type { HistoryKind, Seq } from "@carillon/protocol";
import { nanoid } from "nanoid";
import { type Meter, silentMeter } from "../../hub/meter.ts";
import {
  type Bearing,
  type Change,
  type Inbox,
  InboxUnavailable,
  type OutcomeOf,
  type Places,
  type Revocation,
  type Revocations,
  type Start,
} from "../../hub/ports.ts";
import { acknowledge } from "./changes/acknowledge.ts";
import { append } from "./changes/append.ts";
import { expire } from "./changes/expire.ts";
import { lapse } from "./changes/lapse.ts";
import { mark } from "./changes/mark.ts";
import { edit, retract } from "./changes/rewrite.ts";
import { mute, quiet, snooze } from "./changes/silence.ts";
import type { Link, RedisAccess } from "../../redis/link.ts";
import { linkTo } from "../../redis/link-to.ts";
import { Durability, type Level } from "./durability.ts";
import type { Finding } from "./findings.ts";
import { Keys } from "../../redis/keys.ts";
import { RedisPlaces } from "./places.ts";
import { openLog, readDrafts, readLog, readPage } from "./reading.ts";
import { isRevoked, revoke } from "./revoked.ts";
import { loadLibrary, Store } from "./store.ts";

export type RedisInboxOptions = RedisAccess & {
  /** What every key begins with; default `carillon`. Two deployments with two prefixes know nothing of each other. */
  readonly prefix?: string;
  /** What an acknowledgement promises; default `everysec`. */
  readonly durability?: Level;
  /** Replicas that must have what `replicated` answers; default 1. */
  readonly replicas?: number;
  /** Milliseconds that Redis may take to answer; default 2,000. */
  readonly patience?: number;
  readonly onFinding?: (finding: Finding) => void;
  /** As of the embedded log. */
  readonly mostEntries?: number;
  readonly mostApplicationEntries?: number;
  /** Milliseconds after which `lapse` is due again at the latest: for what other hubs have noted. Default: never. */
  readonly lapseEvery?: number;
  readonly meter?: Meter;
  /** The name of this hub among those that share the store; default: one of its own. */
  readonly hub?: string;
  /** Milliseconds between two signs of life of this hub; default 5,000. */
  readonly beat?: number;
};

/** The log that many hubs share, what lies beside it, and how many commands wait for Redis. */
export type DistributedInbox = Inbox & Revocations & { readonly places: Places; readonly waiting: number };

/** Connects. Rejects with what the operator has to know. */
export async function openRedisInbox(options: RedisInboxOptions): Promise<DistributedInbox> {
  const { onFinding = () => {}, patience = PATIENCE_MS } = options;
  const durability = new Durability({
    level: options.durability ?? "everysec",
    replicas: options.replicas ?? 1,
    wait: Math.floor(patience / 2),
    onFinding,
  });
  const { url, password, sentinelPassword, ca } = options;
  const link = linkTo({
    url,
    password,
    sentinelPassword,
    ca,
    patience,
    prepare: async (send, by) => {
      await loadLibrary(send);
      await durability.look(send, by);
    },
    onChange: (is) => onFinding(is === "away" ? AWAY : BACK),
  });
  await link.open();
  await refuseHalf(link, options.prefix);
  const inbox = new RedisInbox(link, durability, options);
  await inbox.places.open();
  return inbox;
}

/** What is being moved is not to be written to, nor is half of it to be taken for all. */
async function refuseHalf(link: Link, prefix = PREFIX): Promise<void> {
  if ((await link.send(["GET", new Keys(prefix).moving()])) === null) return;
  link.close();
  throw new Error("This Redis is being moved, or a move broke off: repeat it until it is done (pnpm move).");
}

class RedisInbox implements DistributedInbox {
  readonly places: RedisPlaces;
  readonly #link: Link;
  readonly #durability: Durability;
  readonly #store: Store;
  readonly #meter: Meter;
  readonly #lapseEvery: number | undefined;
  /** What was accepted and is not answered. */
  readonly #underWay = new Set<Promise<unknown>>();
  #isClosing = false;

  constructor(link: Link, durability: Durability, options: RedisInboxOptions) {
    this.#link = link;
    this.#durability = durability;
    this.#meter = options.meter ?? silentMeter;
    this.#lapseEvery = options.lapseEvery;
    this.#store = new Store({
      send: link.send,
      keys: new Keys(options.prefix ?? PREFIX),
      bounds: { user: options.mostEntries ?? 10_000, application: options.mostApplicationEntries ?? 1_000_000 },
    });
    this.places = new RedisPlaces(this.#store, { hub: options.hub ?? nanoid(), beat: options.beat });
  }

  get waiting(): number {
    return this.#link.waiting;
  }

  commit<C extends Change>(changes: readonly C[]): Promise<readonly OutcomeOf<C>[]> {
    return this.#write(async () => {
      const start = performance.now();
      try {
        const outcomes = await this.#confirmed((store) => this.#applyAll(store, changes));
        this.#meter.committed(changes.length, performance.now() - start);
        // The one place where outcomes get their types: each is that of the change at its place.
        return outcomes as unknown as readonly OutcomeOf<C>[];
      } catch (error) {
        if (error instanceof InboxUnavailable) this.#meter.commitRefused();
        throw error;
      }
    });
  }

  revoke(revocation: Revocation): Promise<void> {
    return this.#write(() => this.#confirmed((store) => revoke(store, revocation)));
  }

  async isRevoked(bearing: Bearing): Promise<boolean> {
    return isRevoked(this.#store, bearing);
  }

  async read(uid: string, after: Seq, limit: number) {
    return readLog(this.#store, uid, after, limit);
  }

  async open(uid: string, start: Start) {
    return openLog(this.#store, uid, start);
  }

  async page(uid: string, of: HistoryKind, before: Seq, limit: number) {
    return readPage(this.#store, uid, of, before, limit);
  }

  async drafts(author: string, prefix: string, after: string, limit: number): Promise<readonly string[]> {
    return readDrafts(this.#store, author, prefix, after, limit);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.allSettled(this.#underWay);
    await this.places.close();
    this.#link.close();
  }

  async #write<T>(act: () => Promise<T>): Promise<T> {
    if (this.#isClosing) throw new InboxUnavailable("The store is closed.");
    const acting = act();
    this.#underWay.add(acting);
    try {
      return await acting;
    } finally {
      this.#underWay.delete(acting);
    }
  }

  #confirmed<T>(act: (store: Store) => Promise<T>): Promise<T> {
    return this.#durability.confirmed(this.#link, (send, confirm) => act(this.#store.over(send, confirm)));
  }

  /** Drafts of one author that follow on each other go side by side; everything else has its turn. */
  async #applyAll(store: Store, changes: readonly Change[]): Promise<readonly OutcomeOf<Change>[]> {
    const outcomes: OutcomeOf<Change>[] = [];
    for (;;) {
      const change = changes[outcomes.length];
      if (change === undefined) return outcomes;
      if (change.op !== "append") outcomes.push(await this.#apply(store, change));
      else outcomes.push(...(await append(store, draftsFrom(changes, outcomes.length))));
    }
  }

  async #apply(store: Store, change: Exclude<Change, Append>): Promise<OutcomeOf<Change>> {
    switch (change.op) {
      case "acknowledge":
        return acknowledge(store, change);
      case "mark":
        return mark(store, change);
      case "snooze":
        return snooze(store, change);
      case "mute":
        return mute(store, change);
      case "quiet":
        return quiet(store, change);
      case "retract":
        return retract(store, change);
      case "edit":
        return edit(store, change);
      case "lapse":
        return this.#againSoon(await lapse(store, change), change.at);
      case "expire":
        return expire(store, change);
      default:
        return change satisfies never;
    }
  }

  #againSoon(lapsed: OutcomeOf<{ op: "lapse" } & Change>, at: number): OutcomeOf<{ op: "lapse" } & Change> {
    if (this.#lapseEvery === undefined) return lapsed;
    return { ...lapsed, next: Math.min(lapsed.next ?? Infinity, at + this.#lapseEvery) };
  }
}

type Append = Extract<Change, { op: "append" }>;

function draftsFrom(changes: readonly Change[], first: number): readonly Append[] {
  const drafts: Append[] = [];
  for (let n = first; n < changes.length; n++) {
    const change = changes[n];
    if (change?.op !== "append" || (drafts[0] ?? change).from !== change.from) break;
    drafts.push(change);
  }
  return drafts;
}

const AWAY: Finding = {
  level: "error",
  message: "Redis is away: what needs the log is refused until it is back",
  facts: {},
};
const BACK: Finding = { level: "info", message: "Redis is back", facts: {} };

const PREFIX = "carillon";
/** Milliseconds that an answer may take. */
const PATIENCE_MS = 2_000;
