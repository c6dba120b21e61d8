import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A reverse proxy that cuts what has been silent for too long, both ways. */
export class IdleCutter implements AsyncDisposable {
  /** Connections that it cut. */
  cuts = 0;
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  private constructor(target: number, silenceMs: number) {
    this.#server = createServer((client) => {
      const hub = connect(target, "127.0.0.1");
      const end = () => {
        client.destroy();
        hub.destroy();
      };
      const cut = () => {
        this.cuts += 1;
        end();
      };
      let timer = setTimeout(cut, silenceMs);
      for (const [from, to] of [
        [client, hub],
        [hub, client],
      ] as const) {
        this.#open.add(from);
        from.on("data", (chunk) => {
          clearTimeout(timer);
          timer = setTimeout(cut, silenceMs);
          to.write(chunk);
        });
        from.on("error", end);
        from.on("close", () => {
          clearTimeout(timer);
          this.#open.delete(from);
          end();
        });
      }
    });
  }

  static async to(target: number, silenceMs: number): Promise<IdleCutter> {
    const cutter = new IdleCutter(target, silenceMs);
    cutter.#server.listen(0, "127.0.0.1");
    await once(cutter.#server, "listening");
    return cutter;
  }

  get port(): number {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server that listens has such an address.
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}
