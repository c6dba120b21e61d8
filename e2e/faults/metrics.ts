/** What a hub says of itself at `/metrics`: each number under its name, labels included as they stand there. */
export async function readMetrics(port: number): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  if (!response.ok) throw new Error(`/metrics answered ${response.status}.`);
  const lines = (await response.text()).split("\n").filter((line) => /^\w/u.test(line));
  return new Map(lines.map(numbered));
}

function numbered(line: string): [name: string, value: number] {
  const space = line.lastIndexOf(" ");
  return [line.slice(0, space), Number(line.slice(space + 1))];
}
