import { InboxUnavailable } from "../hub/ports.ts";
import { Connection, type Send, type Served } from "./connection.ts";
import { redirectionIn } from "./faults.ts";
import type { Link, LinkOptions } from "./link.ts";
import { type Place, urlOf } from "./place.ts";
import { keyOf, slotOf } from "./slots.ts";
import { addressOf, type Topology, topologyFrom } from "./topology.ts";

type ClusterPlace = Extract<Place, { topology: "cluster" }>;

/** One connection to each master that has slots. Commands go where their key lies, and follow it when it moves. */
export class Cluster implements Link {
  readonly isSpread = true;
  readonly #place: ClusterPlace;
  readonly #options: LinkOptions;
  readonly #nodes = new Map<string, Node>();
  #topology: Topology = { epoch: -1, owners: [] };
  #learning: Promise<void> | undefined;
  #watch: NodeJS.Timeout | undefined;
  #isOpen = false;

  constructor(place: ClusterPlace, options: LinkOptions) {
    this.#place = place;
    this.#options = options;
  }

  async open(): Promise<void> {
    try {
      await this.#learn();
      await Promise.all([...this.#nodes.values()].map(({ opening }) => opening));
    } catch (error) {
      this.close();
      throw error;
    }
    this.#isOpen = true;
    this.#watch = setInterval(() => void this.#learnInTime(), LOOK_MS);
    this.#watch.unref();
  }

  get waiting(): number {
    return [...this.#nodes.values()].reduce((sum, { connection }) => sum + connection.waiting, 0);
  }

  readonly send = <T>(command: readonly string[]): Promise<T> => this.sendVia<T>(command, () => {});

  readonly sendVia = async <T>(command: readonly string[], onServed: (served: Served) => void): Promise<T> => {
    const key = keyOf(command);
    if (key === undefined) return this.#sendToAll<T>(command, onServed);
    const slot = slotOf(key);
    let to = this.#ownerOf(slot);
    for (let step = 0, isAsking = false; step < MOST_STEPS; step++) {
      try {
        return await this.#sendTo<T>(to, isAsking, command, onServed);
      } catch (error) {
        const redirection = redirectionIn(error, addressOf(to).host);
        if (redirection === undefined) throw error;
        to = redirection.to;
        isAsking = redirection.kind === "ASK";
        if (!isAsking) this.#hasMoved(slot, to);
      }
    }
    throw new InboxUnavailable("Redis sends a command from one node to the next, and on.");
  };

  each(): readonly Send[] {
    return [...this.#nodes.values()].map(({ connection }) => connection.send);
  }

  beginAnew(why: string): void {
    for (const { connection } of this.#nodes.values()) connection.beginAnew(why);
  }

  close(): void {
    clearInterval(this.#watch);
    for (const { connection } of this.#nodes.values()) connection.close();
  }

  #ownerOf(slot: number): string {
    const owner = this.#topology.owners[slot];
    if (owner !== undefined) return owner;
    throw new InboxUnavailable("Redis cannot serve: nobody has this slot.");
  }

  async #sendToAll<T>(command: readonly string[], onServed: (served: Served) => void): Promise<T> {
    const all = [...this.#nodes.keys()].map((name) => this.#sendTo<T>(name, false, command, onServed));
    const [first] = await Promise.all(all);
    if (first === undefined) throw new InboxUnavailable("Redis cannot serve: no node is known.");
    return first;
  }

  async #sendTo<T>(name: string, isAsking: boolean, command: readonly string[], onServed: (served: Served) => void) {
    const { connection, opening } = this.#nodes.get(name) ?? this.#meet(name);
    if (!connection.isHere) await opening;
    // Both in one tick: what is asked for is the next command alone.
    const asked = isAsking ? connection.send(["ASKING"]) : undefined;
    const [reply] = await Promise.all([connection.sendVia<T>(command, onServed), asked]);
    return reply;
  }

  /** A node has told; the others will. */
  #hasMoved(slot: number, to: string): void {
    this.#follow({ ...this.#topology, owners: this.#topology.owners.with(slot, to) });
    void this.#learnInTime();
  }

  #meet(name: string): Node {
    const connection = new Connection({
      ...this.#options,
      url: urlOf(this.#place, addressOf(name)),
      subscription: { channels: () => this.#channelsOf(name), onMessage: this.#onMessage },
      onChange: (is) => {
        this.#options.onChange?.(is);
        if (is === "away") void this.#learnInTime();
      },
    });
    const node = { connection, opening: this.#isOpen ? this.#join(connection) : connection.open() };
    node.opening.catch(() => {}); // Whoever opens the cluster hears of it.
    this.#nodes.set(name, node);
    return node;
  }

  /** What was said on its channels before it was heard, nobody here has heard. */
  async #join(connection: Connection): Promise<void> {
    await connection.openInTime();
    if (connection.isHere) this.#options.onChange?.("here");
  }

  readonly #onMessage = (text: string, channel: string): void => this.#options.subscription?.onMessage(text, channel);

  #channelsOf(name: string, { owners } = this.#topology): readonly string[] {
    const all = this.#options.subscription?.channels() ?? [];
    return all.filter((channel) => owners[slotOf(channel)] === name);
  }

  /** Another look at who has what; one at a time. */
  #learn(): Promise<void> {
    this.#learning ??= this.#look().finally(() => (this.#learning = undefined));
    return this.#learning;
  }

  /** There is another look soon: who cannot be asked now is no reason to end. */
  async #learnInTime(): Promise<void> {
    try {
      await this.#learn();
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
    }
  }

  async #look(): Promise<void> {
    const here = [...this.#nodes].filter(([, { connection }]) => connection.isHere);
    const some = here.toSorted(() => Math.random() - 0.5).slice(0, WITNESSES);
    const asked = some.map(async ([name, { connection }]) => topologyFrom(connection.send, addressOf(name).host));
    const told = await Promise.allSettled(asked);
    const topologies = told.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    const newest = topologies.toSorted((a, b) => b.epoch - a.epoch)[0] ?? (await this.#askSeeds());
    if (newest.epoch >= this.#topology.epoch) this.#follow(newest);
  }

  async #askSeeds(): Promise<Topology> {
    let last: unknown = new InboxUnavailable("No node of the cluster can be asked.");
    for (const address of this.#place.seeds) {
      const { password, ca, patience } = this.#options;
      const url = urlOf(this.#place, address);
      const connection = new Connection({ url, password, ca, patience, prepare: async () => {} });
      try {
        await connection.open();
        return await topologyFrom(connection.send, address.host);
      } catch (error) {
        last = error;
      } finally {
        connection.close();
      }
    }
    if (this.#isOpen) throw new InboxUnavailable("No node of the cluster can be asked.");
    throw last;
  }

  /** Makes this what is known: connects to who is new, leaves who has nothing, and hears channels where they are now. */
  #follow(topology: Topology): void {
    const before = this.#topology;
    this.#topology = topology;
    const names = new Set(topology.owners);
    for (const [name, { connection }] of this.#nodes) {
      if (!names.has(name)) this.#leave(name, connection);
      else if (this.#gains(name, before)) connection.beginAnew("it has another channel");
    }
    for (const name of names) if (name !== undefined && !this.#nodes.has(name)) this.#meet(name);
  }

  #gains(name: string, before: Topology): boolean {
    const had = new Set(this.#channelsOf(name, before));
    return this.#channelsOf(name).some((channel) => !had.has(channel));
  }

  #leave(name: string, connection: Connection): void {
    if (connection.waiting > 0 && connection.isHere) return; // A slot that moves is still asked of it; the next look closes it.
    connection.close();
    this.#nodes.delete(name);
  }
}

/** `opening`: settles when it is here, or will be once it can. */
type Node = { readonly connection: Connection; readonly opening: Promise<void> };

/** Milliseconds between two looks at who has which slots. */
const LOOK_MS = 1_000;
/** Nodes that are asked at once. */
const WITNESSES = 3;
/** Nodes that one command is sent to, one after the other. */
const MOST_STEPS = 5;
