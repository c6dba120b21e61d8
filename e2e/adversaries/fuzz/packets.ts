import type { Dice } from "../../faults/random.ts";

/** Bytes that are written at once, how many frames and requests end in them, and what is awaited before the next. */
export type Packet = { readonly bytes: Buffer; readonly units: number; readonly awaits?: Awaited };

/** What the hub says when it has let somebody in, and when it has answered all that was asked. */
export const AWAITED = { welcome: '"type":"welcome"', answers: '"id":"the-last"' } as const;
type Awaited = keyof typeof AWAITED;

/** The question whose answer is awaited as the last. */
export const LAST_QUESTION = JSON.stringify({ type: "page", id: "the-last", of: "sent", before: 0, limit: 1 });

/** Several units to a packet; where they are cut, not even at their ends. */
export function packed(chance: Dice, units: readonly Buffer[], cut: boolean): Packet[] {
  const packets: Packet[] = [];
  for (let at = 0; at < units.length;) {
    const some = units.slice(at, at + 1 + chance.below(8));
    at += some.length;
    const bytes = Buffer.concat(some);
    const middle = cut ? chance.below(bytes.length + 1) : 0;
    if (middle > 0) packets.push({ bytes: bytes.subarray(0, middle), units: 0 });
    packets.push({ bytes: bytes.subarray(middle), units: some.length });
  }
  return packets;
}

/** The same, and then this is awaited. */
export function awaiting(packets: readonly Packet[], awaits: Awaited): readonly Packet[] {
  return packets.map((packet, n) => (n === packets.length - 1 ? { ...packet, awaits } : packet));
}
