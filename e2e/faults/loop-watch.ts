import { size } from "./long.ts";
import { readMetrics } from "./metrics.ts";

/** Milliseconds within which a ping is answered, whatever becomes of the disk. */
export const PROMISED_MS = 500;

/** What the hub's event loop may let a task wait: no more than that. A short run shares its processors with other tests. */
export const LOOP_MS = size(2 * PROMISED_MS, PROMISED_MS);

/** Upper bounds, in milliseconds, of what 99 of 100 samples, and every one, had to wait. */
export type LoopDelay = { readonly samples: number; readonly p99: number; readonly most: number };

/** How long tasks had to wait for the hub's event loop since a moment, as the hub itself measures it. */
export class LoopWatch {
  readonly #port: number;
  readonly #before: Buckets;

  private constructor(port: number, before: Buckets) {
    this.#port = port;
    this.#before = before;
  }

  /** From now on. */
  static async on(port: number): Promise<LoopWatch> {
    return new LoopWatch(port, await buckets(port));
  }

  async read(): Promise<LoopDelay> {
    const now = await buckets(this.#port);
    const since = [...now].map(([bound, count]) => ({ bound, count: count - (this.#before.get(bound) ?? 0) }));
    const samples = since.at(-1)?.count ?? 0;
    const within = (part: number) => since.find(({ count }) => count >= samples * part)?.bound ?? Number.NaN;
    return { samples, p99: within(0.99), most: within(1) };
  }
}

export function sentence({ samples, p99, most }: LoopDelay): string {
  return `the event loop's delay, ${samples} samples: p99 at most ${p99} ms, all at most ${most} ms`;
}

export function slowest(what: string, times: readonly number[]): string {
  return `the slowest of ${times.length} × ${what} took ${Math.max(...times).toFixed(1)} ms`;
}

/** How many samples were at most so many milliseconds; the last bound is infinite. */
type Buckets = ReadonlyMap<number, number>;

async function buckets(port: number): Promise<Buckets> {
  const found = [...(await readMetrics(port))].flatMap(([name, count]): [number, number][] => {
    const [, bound] = /^carillon_event_loop_delay_seconds_bucket\{le="(.+)"\}$/u.exec(name) ?? [];
    return bound === undefined ? [] : [[bound === "+Inf" ? Infinity : Number(bound) * 1_000, count]];
  });
  if (found.length === 0) throw new Error("The hub does not measure its event loop.");
  return new Map(found);
}
