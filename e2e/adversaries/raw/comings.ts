import { closeFrame } from "./frame.ts";
import { RawPeer } from "./peer.ts";

/** So many connections, one after the other, that come and leave as they should: what attacks are measured against. */
export async function comings(port: number, token: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    using peer = await RawPeer.welcomed(port, token);
    peer.write(closeFrame(1000));
    await peer.ending();
  }
}
