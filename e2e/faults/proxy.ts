import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { type Direction, Passage } from "./passage.ts";
import { Signal } from "./signal.ts";

/** How a proxy treats what passes: as it is, not at all (and silently), or so many bytes a second each way. */
export type Mode = "pass" | "blackhole" | { readonly bytesPerSecond: number };

/** A TCP proxy on loopback that breaks connections as networks do. */
export class FaultProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: number;
  readonly #passages = new Set<Passage>();
  readonly #changes = new Signal();
  #mode: Mode = "pass";
  #port = 0;
  /** Connections that ever came. */
  accepted = 0;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((socket) => this.#onConnection(socket));
  }

  /** A proxy in front of a loopback port. */
  static async to(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await proxy.accept();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Connections that are whole now, the oldest first. */
  get passages(): readonly Passage[] {
    return [...this.#passages];
  }

  /** For every connection, those to come included. */
  set mode(mode: Mode) {
    this.#mode = mode;
    for (const passage of this.#passages) passage.mode = mode;
  }

  /** Resolves once so many connections are whole at the same time. */
  async connected(count: number): Promise<void> {
    await this.#changes.until(() => this.#passages.size >= count);
  }

  /** Resolves once so many connections have come, counted from its start. */
  async accepts(count: number): Promise<void> {
    await this.#changes.until(() => this.accepted >= count);
  }

  /** Ends every connection with a TCP reset. */
  reset(): void {
    for (const passage of this.#passages) passage.reset();
  }

  /** Cuts every connection after exactly so many more bytes in that direction. */
  cutAfter(direction: Direction, bytes: number): void {
    for (const passage of this.#passages) passage.cutAfter(direction, bytes);
  }

  /** New connections are refused, as by a port where nobody listens, until `accept`. */
  async refuse(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.reset();
    await closed;
  }

  /** Listens, always at the same port. */
  async accept(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server that listens has such an address.
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.refuse();
  }

  #onConnection(client: Socket): void {
    const passage = new Passage(client, connect(this.#target, "127.0.0.1"), this.#mode);
    this.#passages.add(passage);
    this.accepted += 1;
    void passage.ended.then(() => {
      this.#passages.delete(passage);
      this.#changes.tell();
    });
    this.#changes.tell();
  }
}
