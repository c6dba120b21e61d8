import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Conditions, Peer, Running } from "../peers/peer.ts";
import type { Site } from "./scenario.ts";

/** Starts a peer in a folder of its own, does something with it, and ends it. Undefined where the peer cannot be had. */
export async function serving<T>(
  peer: Peer,
  { scratch }: Site,
  conditions: Conditions,
  act: (server: Running) => Promise<T>,
): Promise<T | undefined> {
  const folder = await mkdtemp(join(scratch, `${peer.name}-`));
  try {
    await conditions.prepare?.(folder);
    const server = await peer.start(folder, conditions);
    if (server === undefined) return undefined;
    try {
      return await act(server);
    } finally {
      await server.end();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
