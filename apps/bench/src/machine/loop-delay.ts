import type { Running } from "../peers/peer.ts";

/** How many samples were at most so many seconds, over a hub's life. */
export type Delays = ReadonlyMap<number, number>;

/** What the hub itself says of its event loop; undefined for a server that does not. */
export async function delaysOf({ port, hasMetrics }: Running): Promise<Delays | undefined> {
  if (hasMetrics !== true) return undefined;
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.matchAll(/^carillon_event_loop_delay_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm);
  return new Map(
    Array.from(lines, ([, le, count]) => [le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le), Number(count)]),
  );
}

/** Milliseconds that this share of the samples between two moments did not exceed, as finely as the buckets tell. */
export function delayPercentile(
  first: Delays | undefined,
  last: Delays | undefined,
  share: number,
): number | undefined {
  if (first === undefined || last === undefined) return undefined;
  const since = [...last].map(([bound, count]) => ({ bound, count: count - (first.get(bound) ?? 0) }));
  const wanted = share * (since.at(-1)?.count ?? 0);
  const index = since.findIndex(({ count }) => count >= wanted);
  const { bound: lower, count: below } = since[index - 1] ?? { bound: 0, count: 0 };
  const { bound: upper, count } = since[index] ?? { bound: lower, count: below };
  if (upper === Number.POSITIVE_INFINITY || count === below) return lower * 1_000;
  return (lower + (upper - lower) * ((wanted - below) / (count - below))) * 1_000;
}
