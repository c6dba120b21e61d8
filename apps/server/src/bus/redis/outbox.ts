import type { News, Revocation } from "../../hub/ports.ts";
import { ALL_PARTITIONS, partitionOf } from "../../redis/keys.ts";
import type { Ring } from "./message.ts";

/** What is to be said together in one part. */
export type Saying = {
  readonly rings: readonly Ring[];
  readonly revoked: readonly Revocation[];
  readonly news: readonly News[];
};

/** Collects what is to be said in one tick: of one log only the newest ring, for that says all that came before. */
export class Outbox {
  readonly #rings = new Map<number, Map<string, Ring>>();
  readonly #news = new Map<number, News[]>();
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

  /** Where the user belongs, in the order in which it is told. */
  tell(news: News): void {
    const partition = partitionOf(news.uid);
    const told = this.#news.get(partition) ?? [];
    this.#news.set(partition, told);
    told.push(news);
  }

  /** What is to be said, part by part, a bounded number of rings and of news at a time; from now on there is nothing. */
  take(): readonly (readonly [partition: number, saying: Saying])[] {
    const revocations = inParts(this.#revoked, (revoked) => [{ ...NOTHING, revoked }]);
    const news = inParts(this.#news, (all) => chunks(all).map((some) => ({ ...NOTHING, news: some })));
    const rings = inParts(this.#rings, (all) => chunks([...all.values()]).map((some) => ({ ...NOTHING, rings: some })));
    this.#revoked.clear();
    this.#news.clear();
    this.#rings.clear();
    return [...revocations, ...news, ...rings];
  }
}

function inParts<T>(parts: ReadonlyMap<number, T>, sayingsOf: (all: T) => readonly Saying[]) {
  return [...parts].flatMap(([partition, all]) => sayingsOf(all).map((saying) => [partition, saying] as const));
}

function chunks<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) => all.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
}

const NOTHING: Saying = { rings: [], revoked: [], news: [] };
/** Rings, or news, of one message. */
const AT_ONCE = 500;
