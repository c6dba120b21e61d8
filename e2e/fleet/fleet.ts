import { settings } from "../faults/hubs.ts";
import { endWithTest } from "../faults/leftovers.ts";
import { temporaryPlace } from "../faults/place.ts";
import { Hub } from "../fixtures/hub.ts";
import { RedisServer } from "../machine/redis.ts";
import { Balancer } from "./balancer.ts";

/** Three hubs in processes of their own, on one Redis, behind one balancer. */
export class Fleet implements AsyncDisposable {
  readonly hubs: readonly [Hub, Hub, Hub];
  readonly redis: RedisServer;
  readonly #balancer: Balancer;
  readonly #stack: AsyncDisposableStack;

  private constructor(hubs: Fleet["hubs"], redis: RedisServer, balancer: Balancer, stack: AsyncDisposableStack) {
    this.hubs = hubs;
    this.redis = redis;
    this.#balancer = balancer;
    this.#stack = stack;
  }

  static async start(): Promise<Fleet> {
    await using stack = new AsyncDisposableStack();
    const redis = stack.use(await RedisServer.start());
    const place = stack.use(await temporaryPlace());
    const start = async () => {
      const hub = await Hub.in(place.path, { ...settings, ...ROOM, CARILLON_STORE: redis.url });
      stack.defer(() => hub.kill());
      endWithTest(() => hub.kill());
      return hub;
    };
    const hubs = await Promise.all([start(), start(), start()]);
    const balancer = stack.use(await Balancer.to(hubs.map(({ port }) => port)));
    return new Fleet(hubs, redis, balancer, stack.move());
  }

  /** The balancer's. */
  get port(): number {
    return this.#balancer.port;
  }

  /** The hub with the most connections through the balancer. */
  fullest(): Hub {
    const { spread } = this.#balancer;
    return this.hubs[spread.indexOf(Math.max(...spread))] ?? this.hubs[0];
  }

  /** Kills one; how many connections it had through the balancer. */
  async kill(hub: Hub): Promise<number> {
    const connections = this.#balancer.spread[this.hubs.indexOf(hub)] ?? 0;
    await hub.kill();
    return connections;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** All users come from one address. */
const ROOM = { CARILLON_CONNECTIONS_PER_ADDRESS: "20000", CARILLON_UNAUTHENTICATED_PER_ADDRESS: "20000" } as const;
