import { mintToken } from "@carillon/protocol/token";
import { Hub, type HubSettings } from "../fixtures/hub.ts";
import { endWithTest } from "./leftovers.ts";

const KID = "faults";
const SECRET = "a key that nobody but these tests has".replaceAll(" ", "-");

/** What every hub under attack is started with: its tokens are made here, so that they outlive it, nothing is given up, and floods are let through. */
export const settings: HubSettings = {
  CARILLON_TOKEN_KEYS: `${KID}:${SECRET}`,
  CARILLON_LOG_LEVEL: "warn",
  CARILLON_KEEP_ENTRIES: "10000000",
  CARILLON_SENDS_PER_SECOND: "0",
};

/** A started hub that keeps its store in `folder`, killed at the end of the block. */
export async function hubIn(folder: string): Promise<Hub & AsyncDisposable> {
  const hub = await Hub.in(folder, settings);
  endWithTest(() => hub.kill());
  return Object.assign(hub, { [Symbol.asyncDispose]: () => hub.kill() });
}

export function tokenFor(uid: string): Promise<string> {
  return mintToken(uid, { key: { kid: KID, secret: new TextEncoder().encode(SECRET) }, audience: "carillon" });
}

/** The address of the socket behind a loopback port, a hub's or a proxy's. */
export function socketUrl(port: number): string {
  return `ws://127.0.0.1:${port}/v1/socket`;
}
