import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { forge, type Pair } from "./forge.ts";

type Mood = (request: IncomingMessage, response: ServerResponse) => void;

/** An identity provider on loopback: publishes keys over HTTP, and can be as bad as it likes at it. */
export class IdentityProvider implements AsyncDisposable {
  /** How often it was asked. */
  asked = 0;
  readonly #server: Server;
  #keys: readonly object[] = [];
  #mood: Mood = (_request, response) => void response.end(JSON.stringify({ keys: this.#keys }));

  private constructor() {
    this.#server = createServer((request, response) => {
      this.asked += 1;
      this.#mood(request, response);
    });
  }

  static async open(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    provider.#server.listen(0, "127.0.0.1");
    await once(provider.#server, "listening");
    return provider;
  }

  get url(): URL {
    const { port } = this.#server.address() as AddressInfo;
    return new URL(`http://127.0.0.1:${port}/jwks.json`);
  }

  /** From now on these keys, by their `kid`, are what it publishes, and it is well. */
  publish(pairs: Readonly<Record<string, Pair>>): void {
    this.publishRaw(...Object.entries(pairs).map(([kid, { alg, jwk }]) => ({ ...jwk, kid, alg, use: "sig" })));
  }

  /** The same, whatever the keys are. */
  publishRaw(...keys: readonly object[]): void {
    this.#keys = keys;
    this.#mood = (_request, response) => void response.end(JSON.stringify({ keys: this.#keys }));
  }

  /** From now on it answers like this. */
  answer(mood: Mood): void {
    this.#mood = mood;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** A token of a provider's, good for an hour. */
export function providerToken(kid: string | undefined, { alg, signer }: Pair, changed: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: "101", aud: "carillon", iat: now, exp: now + 3600, ...changed };
  return forge({ alg, typ: "JWT", ...(kid !== undefined && { kid }) }, claims, signer);
}
