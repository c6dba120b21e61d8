import { request } from "node:http";
import { SUBPROTOCOL } from "@carillon/protocol";

export type UpgradeAnswer = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: unknown;
};

/** Asks for a socket as a client does that can read why it gets none. */
export function askForSocket(url: string, headers: Readonly<Record<string, string>> = {}): Promise<UpgradeAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<UpgradeAnswer>();
  const asking = request(`${url}/v1/socket`, { agent: false, headers: { ...UPGRADE, ...headers } });
  asking.on("error", reject);
  asking.on("upgrade", (_response, socket) => {
    socket.destroy();
    resolve({ status: 101, retryAfter: undefined, body: undefined });
  });
  asking.on("response", (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"], body });
    });
  });
  asking.end();
  return promise;
}

const UPGRADE = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  "sec-websocket-protocol": SUBPROTOCOL,
};
