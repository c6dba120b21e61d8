import type { Revocation } from "../../hub/ports.ts";
import { ALL_PARTITIONS, partitionOf } from "../../redis/keys.ts";
import type { Ring } from "./message.ts";

/** What is to be said together in one part. */
export type Saying = { readonly rings: readonly Ring[]; readonly revoked: readonly Revocation[] };

/** Collects what is to be rung in one tick: of one log only the newest, for a ring says all that came before. */
export class Outbox {
  readonly #rings = new Map<number, Map<string, Ring>>();
  #revoked: Revocation[] = [];

  ring(ring: Ring): void {
    const partition = partitionOf(ring.uid);
    const rings = this.#rings.get(partition) ?? new Map<string, Ring>();
    this.#rings.set(partition, rings.set(ring.uid, ring));
  }

  /** Said in one part, which every hub hears. */
  revoked(revocation: Revocation): void {
    this.#revoked.push(revocation);
  }

  /** What is to be said, part by part, a bounded number of rings at a time; from now on there is nothing. */
  take(): readonly (readonly [partition: number, saying: Saying])[] {
    const sayings = [...this.#rings].flatMap(([partition, rings]) =>
      chunks([...rings.values()]).map((some) => [partition, { rings: some, revoked: [] }] as const),
    );
    const revoked = this.#revoked;
    this.#rings.clear();
    this.#revoked = [];
    return revoked.length === 0 ? sayings : [[ALL_PARTITIONS[0] ?? 0, { rings: [], revoked }] as const, ...sayings];
  }
}

function chunks(rings: readonly Ring[]): readonly (readonly Ring[])[] {
  return Array.from({ length: Math.ceil(rings.length / RINGS_LIMIT) }, (_, n) =>
    rings.slice(n * RINGS_LIMIT, (n + 1) * RINGS_LIMIT),
  );
}

/** Rings of one message. */
const RINGS_LIMIT = 500;
