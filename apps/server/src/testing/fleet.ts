import { randomUUID } from "node:crypto";
import type { Close, UserPresence } from "@carillon/protocol";
import type { Grant } from "@carillon/protocol/token";
import { FaultProxy } from "../../../../e2e/faults/proxy.ts";
import { Signal } from "../../../../e2e/faults/signal.ts";
import type { RedisServer } from "../../../../e2e/machine/redis.ts";
import { openRedisBus } from "../bus/redis/bus.ts";
import { Hub, type HubOptions } from "../hub/hub.ts";
import type { Watcher } from "../hub/presence.ts";
import { Session, startOf } from "../hub/session.ts";
import { openRedisInbox } from "../inbox/redis/inbox.ts";
import { grantOf } from "./grants.ts";
import { MemoryLine } from "./memory-line.ts";

/** Milliseconds between two signs of life: a fifth of what it is in earnest. */
export const BEAT_MS = 1_000;

/** A hub without sockets, which reaches Redis through a proxy of its own. */
export class FleetHub implements AsyncDisposable {
  readonly hub: Hub;
  /** Between this hub and Redis. */
  readonly proxy: FaultProxy;
  readonly #end: () => Promise<void>;

  private constructor(hub: Hub, proxy: FaultProxy, end: () => Promise<void>) {
    this.hub = hub;
    this.proxy = proxy;
    this.#end = end;
  }

  static async on(server: RedisServer, prefix: string, options: Partial<HubOptions> = {}): Promise<FleetHub> {
    const proxy = await FaultProxy.to(server.port);
    const name = randomUUID();
    const shared = { hub: name, url: `redis://127.0.0.1:${proxy.port}`, prefix, patience: 2_000, beat: BEAT_MS };
    const [inbox, bus] = await Promise.all([openRedisInbox(shared), openRedisBus(shared)]);
    const { places } = inbox;
    const hub = new Hub({ inbox, revocations: inbox, bus, places, connections: "all", now: Date.now, ...options });
    return new FleetHub(hub, proxy, async () => {
      hub.close();
      await bus.close();
      await inbox.close();
      await proxy[Symbol.asyncDispose]();
    });
  }

  tab(uid: string, more: Partial<Grant> = {}): Promise<Tab> {
    return tabOn(this.hub, uid, more);
  }

  /** Somebody who watches these users, and what was told so far. */
  async watch(...uids: readonly string[]): Promise<Ear> {
    const ear = new Ear();
    ear.hear(await this.hub.presence.watch(ear, uids));
    return ear;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
  }
}

/** A session; it ends when it is hung up on, as with a connection. */
export async function tabOn(hub: Hub, uid: string, more: Partial<Grant> = {}): Promise<Tab> {
  const line = new MemoryLine();
  const session = new Session(hub, randomUUID(), grantOf(uid, { issuedAt: Date.now() - 60_000, ...more }), line);
  const closed = line.hungUp().then((close) => {
    session.end();
    return close;
  });
  if ((await session.open(startOf(undefined))) !== undefined) session.follow();
  return { line, session, closed, isOpen: () => line.closes.length === 0 };
}

export type Tab = {
  readonly line: MemoryLine;
  readonly session: Session;
  /** Resolves when it is hung up on. */
  readonly closed: Promise<Close>;
  readonly isOpen: () => boolean;
};

/** Keeps who is online as it was told, and every word of it. */
export class Ear implements Watcher {
  readonly told: UserPresence[] = [];
  readonly #online = new Map<string, boolean>();
  readonly #changes = new Signal();

  tell(users: readonly UserPresence[]): void {
    this.told.push(...users);
    this.hear(users);
  }

  hear(users: readonly UserPresence[]): void {
    for (const { uid, online } of users) this.#online.set(uid, online);
    this.#changes.tell();
  }

  isOnline(uid: string): boolean | undefined {
    return this.#online.get(uid);
  }

  /** Resolves when this user is told to be so. */
  until(uid: string, online: boolean): Promise<void> {
    return this.#changes.until(() => this.isOnline(uid) === online);
  }
}
