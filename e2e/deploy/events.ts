import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { tokenFor } from "../faults/credentials.ts";
import { Signal } from "../faults/signal.ts";

/** A stream (P40) of somebody who comes by TLS, through a proxy whose certificate is its own; all that came of it so far. */
export class Events implements Disposable {
  isOver = false;
  readonly #response: IncomingMessage;
  readonly #changes = new Signal();
  #text = "";

  private constructor(response: IncomingMessage) {
    this.#response = response;
    response.setEncoding("utf8").on("data", (text: string) => {
      this.#text += text;
      this.#changes.tell();
    });
    response.on("error", () => {}); // `close` follows.
    response.on("close", () => {
      this.isOver = true;
      this.#changes.tell();
    });
  }

  static async of(uid: string, port: number): Promise<Events> {
    const headers = { authorization: `Bearer ${await tokenFor(uid)}` };
    const asked = request({ port, path: "/v1/stream", host: "127.0.0.1", headers, rejectUnauthorized: false }).end();
    const [response] = await once(asked, "response");
    return new Events(response);
  }

  get headers(): IncomingMessage["headers"] {
    return this.#response.headers;
  }

  /** Resolves when these words came; rejects if it ended without. */
  async has(words: string): Promise<void> {
    await this.#changes.until(() => this.#text.includes(words) || this.isOver);
    if (!this.#text.includes(words)) throw new Error(`The stream ended: ${this.#text}`);
  }

  [Symbol.dispose](): void {
    this.#response.destroy();
  }
}
