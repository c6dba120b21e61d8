import { type Counts, crashed, sentence } from "./tally.ts";

export type Outcome = { readonly name: string; readonly seconds: number; readonly counts: Counts };

/** Does one step of a run under its heading. A step that throws has failed; it does not keep the next from its turn. */
export async function step(name: string, work: () => Promise<Counts>): Promise<Outcome> {
  console.log(`\n── ${name} ${"─".repeat(Math.max(0, 76 - name.length))}\n`);
  const start = performance.now();
  const counts = await work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return crashed;
  });
  return { name, seconds: (performance.now() - start) / 1000, counts };
}

/** One line a step: what it took, what came of it. */
export function table(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const line = ({ name, seconds, counts }: Outcome) =>
    `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${sentence(counts)}`;
  return outcomes.map(line).join("\n");
}
