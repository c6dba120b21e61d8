import { join } from "node:path";
import { type Client, createClient, type OutboxStore, type View } from "@carillon/client";
import { HandClock } from "@carillon/client/testing/clock.ts";
import { Close, type Notification } from "@carillon/protocol";
import { createVerifier, mintToken } from "@carillon/protocol/token";
import { pino } from "pino";
import { localBus } from "@carillon/server/bus/local.ts";
import { Hub } from "@carillon/server/hub/hub.ts";
import type { Inbox, Revocations } from "@carillon/server/hub/ports.ts";
import { openSqliteInbox } from "@carillon/server/inbox/sqlite/inbox.ts";
import { Connection } from "@carillon/server/wire/connection.ts";
import { Connections } from "@carillon/server/wire/connections.ts";
import { SocketPeer } from "@carillon/server/wire/socket-peer.ts";
import { fail, temporaryPlace } from "@carillon/server/testing/place.ts";
import { MemoryWire } from "./memory-wire.ts";

/** A tab: a client, what it shows, and what rang in it. */
export type Tab = { readonly client: Client; view: View | undefined; at: string; readonly rung: Notification[] };

const KEY = { kid: "model", secret: new Uint8Array(32).fill(7) };
const AUDIENCE = "model";
/** Nobody counts who is here. */
const NO_SEAT = { known: () => {} };

/** A whole hub on a real store, and tabs on it; everything between them in memory, so that it can be cut anywhere. */
export class World {
  readonly clock = new HandClock(Date.now()); // Tokens are made by the real one.
  readonly #wire = new MemoryWire();
  readonly #file: string;
  readonly #mostEntries: number;
  readonly #tabs = new Set<Tab>();
  readonly remove: () => Promise<void>;
  #inbox: (Inbox & Revocations) | undefined;
  #hub: Hub | undefined;
  /** Milliseconds that the hub's clock is ahead of everybody's. */
  #ahead = 0;

  private constructor(file: string, mostEntries: number, remove: () => Promise<void>) {
    this.#file = file;
    this.#mostEntries = mostEntries;
    this.remove = remove;
  }

  static async make(mostEntries: number): Promise<World> {
    const place = await temporaryPlace();
    const world = new World(join(place.path, "carillon.db"), mostEntries, place.remove);
    await world.start();
    return world;
  }

  /** Opens a tab of this user; unanswered requests live in `outbox`, which outlives it. */
  open(uid: string, outbox: OutboxStore): Tab {
    const tab: Tab = {
      view: undefined,
      at: "stopped",
      rung: [],
      client: createClient({
        url: "memory:",
        token: () => mintToken(uid, { key: KEY, audience: AUDIENCE }),
        outbox,
        socket: this.#wire.dial,
        stream: this.#wire.dial,
        clock: this.clock,
        random: () => 0.5,
        wakeHints: () => () => {},
        onStatus: ({ at }) => (tab.at = at),
        onView: (view) => (tab.view = view),
        onNotification: (notification) => tab.rung.push(notification),
      }),
    };
    this.#tabs.add(tab);
    tab.client.start();
    return tab;
  }

  close(tab: Tab): void {
    this.#tabs.delete(tab);
    tab.client.stop();
  }

  cut(n: number): void {
    this.#wire.cut(n);
  }

  /** The hub falls silent in the middle of whatever it does; what it had committed is committed, whoever was told. */
  async crash(): Promise<void> {
    this.#wire.host = undefined;
    this.#hub?.close();
    this.#hub = undefined;
    this.#wire.cutAll();
    await this.#inbox?.close();
    this.#inbox = undefined;
  }

  /** By the hub's clock. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Time passes for the hub, which notices if it is up. */
  pass(ms: number): void {
    this.#ahead += ms;
    void this.#hub?.lapsing.lapse();
  }

  async start(): Promise<void> {
    const inbox = await openSqliteInbox({ file: this.#file, onFatal: fail, mostEntries: this.#mostEntries });
    const now = () => this.now();
    const hub = new Hub({ inbox, revocations: inbox, bus: localBus(), connections: "all", now });
    this.#hub = hub;
    await hub.lapsing.lapse();
    const verify = createVerifier({ keys: [KEY], audience: AUDIENCE });
    const pulse = { interval: 25_000, answer: 8_000 };
    const options = { hub, verify, connections: new Connections(), pulse, log: pino({ level: "silent" }) };
    this.#inbox = inbox;
    this.#wire.host = (socket, raw) =>
      void new Connection((events) => new SocketPeer(socket, raw, Close.tooSlow, events), NO_SEAT, options);
  }

  async end(): Promise<void> {
    for (const tab of this.#tabs) this.close(tab);
    await this.crash();
    await this.remove();
  }
}
