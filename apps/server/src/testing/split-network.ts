import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { Passage } from "../../../../e2e/faults/passage.ts";
import { freePort } from "../../../../e2e/machine/port.ts";

/** Two sides of a network on this machine, and the address of whoever is there: it comes from there, or has called by it. */
export const SIDES = { one: "127.0.0.2", two: "127.0.0.3" } as const;
export type Side = keyof typeof SIDES;

/** Carries what programs on two sides say to each other, until it is cut: then connections stay, and nothing arrives. */
export class SplitNetwork implements AsyncDisposable {
  readonly #servers: Server[] = [];
  readonly #across = new Set<Passage>();
  readonly #within = new Set<Passage>();
  #isCut = false;

  /** The port by which a program is reached that stands on that side, and listens on another one. */
  async inFrontOf(target: number, side: Side): Promise<number> {
    const port = await freePort();
    for (const address of [ANYBODY, ...Object.values(SIDES)]) {
      const server = createServer((socket) => this.#onConnection(socket, target, side));
      this.#servers.push(server);
      server.listen(port, address);
      await once(server, "listening");
    }
    return port;
  }

  cut(): void {
    this.#isCut = true;
    for (const passage of this.#across) passage.mode = "blackhole";
  }

  heal(): void {
    this.#isCut = false;
    for (const passage of this.#across) passage.mode = "pass";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = this.#servers.filter(({ listening }) => listening).map((server) => once(server, "close"));
    for (const server of this.#servers) server.close();
    for (const passage of [...this.#across, ...this.#within]) passage.reset();
    await Promise.all(closed);
  }

  #onConnection(client: Socket, target: number, side: Side): void {
    const isAcross = sideOf(client) !== side;
    const passages = isAcross ? this.#across : this.#within;
    const mode = isAcross && this.#isCut ? "blackhole" : "pass";
    const passage = new Passage(client, connect(target, ANYBODY), mode);
    passages.add(passage);
    void passage.ended.then(() => passages.delete(passage));
  }
}

/** A server comes from the address of its side; a hub comes from anywhere, but calls others by that address. */
function sideOf({ remoteAddress, localAddress }: Socket): Side {
  const address = remoteAddress === ANYBODY ? localAddress : remoteAddress;
  return address === SIDES.one ? "one" : "two";
}

/** By which servers know each other, wherever they stand. */
const ANYBODY = "127.0.0.1";
