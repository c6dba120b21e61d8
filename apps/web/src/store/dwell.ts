/** Milliseconds that a row has to stand in sight until it is seen (P23). */
export const DWELL_MS = 1_000;

/** The rows in sight: since when each has stood there (milliseconds), or that its time was over already. */
export type Dwell<Row> = ReadonlyMap<Row, number | "over">;

/** A row came into sight, or still is. */
export function enter<Row>(dwell: Dwell<Row>, row: Row, now: number): Dwell<Row> {
  return dwell.has(row) ? dwell : new Map(dwell).set(row, now);
}

/** A row went out of sight. When it comes back, its time begins anew. */
export function leave<Row>(dwell: Dwell<Row>, row: Row): Dwell<Row> {
  return dwell.has(row) ? new Map([...dwell].filter(([one]) => one !== row)) : dwell;
}

/** The whole page came into sight: what stands there has stood there since now. */
export function restart<Row>(dwell: Dwell<Row>, now: number): Dwell<Row> {
  return new Map([...dwell].map(([row, since]) => [row, since === "over" ? since : now]));
}

/** The rows whose time is over by now, the first `limit` of them, each of them once while it stays in sight. */
export function ripen<Row>(dwell: Dwell<Row>, now: number, limit: number): readonly [Dwell<Row>, readonly Row[]] {
  const ripe = [...dwell].flatMap(([row, since]) => (since !== "over" && now - since >= DWELL_MS ? [row] : []));
  const rows = ripe.slice(0, limit);
  const after = new Map(dwell);
  for (const row of rows) after.set(row, "over");
  return [after, rows];
}

/** When the time of the next row is over; undefined while none waits. */
export function nextRipe<Row>(dwell: Dwell<Row>): number | undefined {
  const waiting = [...dwell.values()].filter((since) => since !== "over");
  return waiting.length === 0 ? undefined : waiting.reduce((one, other) => Math.min(one, other)) + DWELL_MS;
}
