/** Stretches of logs that a hub has read for sessions that were behind, since its start. */
export async function catchUpReads(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const [, count] = /^carillon_catch_up_reads_total (\d+)$/m.exec(text) ?? [];
  return Number(count);
}
