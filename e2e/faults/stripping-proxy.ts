import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";

/** An HTTP proxy on loopback as some offices have one: it passes requests on, without what it does not know. WebSockets are that. */
export class StrippingProxy implements AsyncDisposable {
  readonly #server: Server;
  /** Upgrades that were asked for, and came to nothing. */
  stripped = 0;

  private constructor(target: number) {
    // A server that listens to no upgrades answers them as if nothing was asked.
    this.#server = createServer((asked, answer) => {
      if (asked.headers.upgrade !== undefined) this.stripped += 1;
      passOn(asked, answer, target);
    });
  }

  /** A proxy in front of a loopback port. */
  static async to(target: number): Promise<StrippingProxy> {
    const proxy = new StrippingProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has an address of this kind.
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

function passOn(asked: IncomingMessage, answer: ServerResponse, port: number): void {
  const { method, url } = asked;
  const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !HOP_BY_HOP.has(name)));
  const passed = request({ host: "127.0.0.1", port, method, path: url, headers, agent: false });
  passed.on("response", (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    answer.flushHeaders();
    pipeline(response, answer, () => {}); // Who is cut on one side is cut on the other.
  });
  passed.on("error", () => answer.destroy());
  answer.on("close", () => passed.destroy());
  pipeline(asked, passed, () => {});
}

/** RFC 9110, 7.6.1: these are between neighbours. */
const HOP_BY_HOP: ReadonlySet<string> = new Set(["connection", "upgrade", "keep-alive", "te", "transfer-encoding"]);
