import type { Revocation } from "../../hub/ports.ts";
import { ALL_PARTITIONS, partitionOf } from "../../redis/keys.ts";
import type { Ring } from "./message.ts";

/** What is to be said together in one part. */
export type Saying = { readonly rings: readonly Ring[]; readonly revoked: readonly Revocation[] };

/** Collects what is to be rung in one tick: of one log only the newest, for a ring says all that came before. */
export class Outbox {
  readonly #rings = new Map<number, Map<string, Ring>>();
  readonly #revoked = new Map<number, readonly Revocation[]>();

  ring(ring: Ring): void {
    const partition = partitionOf(ring.uid);
    const rings = this.#rings.get(partition) ?? new Map<string, Ring>();
    this.#rings.set(partition, rings.set(ring.uid, ring));
  }

  /** Said where the user belongs, or, of a token, everywhere: who misses it there looks after those who may bear it. */
  revoked(revocation: Revocation): void {
    const partitions = revocation.of === "user" ? [partitionOf(revocation.uid)] : ALL_PARTITIONS;
    for (const partition of partitions)
      this.#revoked.set(partition, [...(this.#revoked.get(partition) ?? []), revocation]);
  }

  /** What is to be said, part by part, a bounded number of rings at a time; from now on there is nothing. */
  take(): readonly (readonly [partition: number, saying: Saying])[] {
    const sayings = [...this.#rings].flatMap(([partition, rings]) =>
      chunks([...rings.values()]).map((some) => [partition, { rings: some, revoked: [] }] as const),
    );
    const revocations = [...this.#revoked].map(([partition, revoked]) => [partition, { rings: [], revoked }] as const);
    this.#rings.clear();
    this.#revoked.clear();
    return [...revocations, ...sayings];
  }
}

function chunks(rings: readonly Ring[]): readonly (readonly Ring[])[] {
  return Array.from({ length: Math.ceil(rings.length / RINGS_LIMIT) }, (_, n) =>
    rings.slice(n * RINGS_LIMIT, (n + 1) * RINGS_LIMIT),
  );
}

/** Rings of one message. */
const RINGS_LIMIT = 500;
