import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A TCP balancer on loopback: a connection goes to the hub that has the fewest; where nobody listens, to the next. */
export class Balancer implements AsyncDisposable {
  readonly #server: Server;
  /** The connections of each hub, by its port. */
  readonly #hubs: ReadonlyMap<number, Set<Socket>>;

  private constructor(ports: readonly number[]) {
    this.#hubs = new Map(ports.map((port) => [port, new Set()]));
    this.#server = createServer({ pauseOnConnect: true }, (client) => void this.#onConnection(client));
  }

  static async to(ports: readonly number[]): Promise<Balancer> {
    const balancer = new Balancer(ports);
    balancer.#server.listen({ port: 0, host: "127.0.0.1", backlog: BACKLOG });
    await once(balancer.#server, "listening");
    return balancer;
  }

  get port(): number {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server that listens has such an address.
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections each hub has. */
  get spread(): readonly number[] {
    return Array.from(this.#hubs.values(), ({ size }) => size);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const sockets of this.#hubs.values()) for (const socket of sockets) socket.destroy();
    await closed;
  }

  async #onConnection(client: Socket): Promise<void> {
    client.on("error", () => {}); // `close` follows.
    const byLoad = [...this.#hubs].toSorted(([, some], [, others]) => some.size - others.size);
    for (const [port, sockets] of byLoad) {
      const hub = await reached(port, sockets);
      if (hub !== undefined) return join(client, hub);
    }
    client.destroy();
  }
}

/** A connection, which counts from when it is asked for: many may be asked for at once. */
async function reached(port: number, sockets: Set<Socket>): Promise<Socket | undefined> {
  const hub = connect(port, "127.0.0.1");
  sockets.add(hub);
  hub.once("close", () => sockets.delete(hub));
  try {
    await once(hub, "connect");
    return hub;
  } catch {
    return undefined; // Nobody listens there.
  }
}

function join(client: Socket, hub: Socket): void {
  hub.on("error", () => {}); // `close` follows.
  for (const [from, to] of [
    [client, hub],
    [hub, client],
  ] as const) {
    from.setNoDelay(true);
    from.pipe(to);
    from.once("close", () => to.destroy());
    if (from.destroyed) to.destroy(); // It went before anybody listened.
  }
}

/** Connections that may wait to be accepted: a third of all come at once. */
const BACKLOG = 4_096;
