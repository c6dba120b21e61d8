import { Hub, type HubSettings } from "../fixtures/hub.ts";
import { tokenKeys } from "./credentials.ts";
import { endWithTest } from "./leftovers.ts";

/** What every hub under attack is started with: its tokens are made here, so that they outlive it, nothing is given up, and floods are let through. */
export const settings: HubSettings = {
  CARILLON_TOKEN_KEYS: tokenKeys,
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
