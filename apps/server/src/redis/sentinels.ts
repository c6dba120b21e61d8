import { InboxUnavailable } from "../hub/ports.ts";
import { Connection, type Send } from "./connection.ts";
import type { Link, LinkOptions } from "./link.ts";
import { type Address, type Place, urlOf } from "./place.ts";
import { type Pairs, recordOf } from "./record.ts";

type SentinelPlace = Extract<Place, { topology: "sentinel" }>;

/** One connection to the master that Sentinels name, whichever server that is now. */
export class Sentinels implements Link {
  readonly isSpread = false;
  readonly #place: SentinelPlace;
  readonly #sentinels: readonly Connection[];
  readonly #connection: Connection;
  /** The newest of what was told. */
  #master: Master | undefined;
  /** To which the connection is, or wants to be. */
  #url: string | undefined;
  #watch: NodeJS.Timeout | undefined;

  constructor(place: SentinelPlace, options: LinkOptions) {
    const { ca, patience, sentinelPassword: password } = options;
    this.#place = place;
    this.#sentinels = place.sentinels.map((address) => {
      const url = urlOf({ tls: place.tls, login: "" }, address);
      return new Connection({ url, password, ca, patience, prepare: async () => {} });
    });
    this.#connection = new Connection({
      ...options,
      url: () => this.#whereNow(),
      prepare: async (send, by) => {
        await refuseReplica(send);
        await options.prepare(send, by);
      },
    });
  }

  async open(): Promise<void> {
    await Promise.all(this.#sentinels.map((each) => each.openInTime()));
    try {
      await this.#connection.open();
    } catch (error) {
      this.close();
      throw error;
    }
    this.#watch = setInterval(() => void this.#look(), LOOK_MS);
    this.#watch.unref();
  }

  get send() {
    return this.#connection.send;
  }

  get sendVia() {
    return this.#connection.sendVia;
  }

  get waiting(): number {
    return this.#connection.waiting;
  }

  each(): readonly Send[] {
    return [this.#connection.send];
  }

  beginAnew(why: string): void {
    this.#connection.beginAnew(why);
  }

  close(): void {
    clearInterval(this.#watch);
    for (const each of this.#sentinels) each.close();
    this.#connection.close();
  }

  /** A master that was replaced may still answer, and keep nothing of what it is told. */
  async #look(): Promise<void> {
    await this.#ask();
    if (this.#master !== undefined && this.#urlOf(this.#master) !== this.#url)
      this.#connection.beginAnew("another server is the master now");
  }

  async #whereNow(): Promise<string> {
    await this.#ask();
    if (this.#master === undefined) throw new InboxUnavailable(`No Sentinel names a master ${this.#place.name}.`);
    this.#url = this.#urlOf(this.#master);
    return this.#url;
  }

  #urlOf({ address }: Master): string {
    return urlOf(this.#place, address, this.#place.database);
  }

  /** Asks all. One that was asleep names an old master: its epoch is lower. */
  async #ask(): Promise<void> {
    const told = await Promise.allSettled(this.#sentinels.map(({ send }) => masterFrom(send, this.#place.name)));
    for (const each of told)
      if (each.status === "fulfilled" && each.value.epoch >= (this.#master?.epoch ?? -1)) this.#master = each.value;
  }
}

/** Who is it, and since which vote. */
type Master = { readonly address: Address; readonly epoch: number };

async function masterFrom(send: Send, name: string): Promise<Master> {
  const { ip = "", port, "config-epoch": epoch } = recordOf(await send<Pairs>(["SENTINEL", "MASTER", name]));
  return { address: { host: ip, port: Number(port) }, epoch: Number(epoch) };
}

/** Sentinels may name one that they have not promoted yet, or that was demoted just now. */
async function refuseReplica(send: Send): Promise<void> {
  const [role] = await send<readonly [string]>(["ROLE"]);
  if (role !== "master") throw new InboxUnavailable("The server that Sentinels name is a replica.");
}

/** Milliseconds between two questions who is the master. */
const LOOK_MS = 1_000;
