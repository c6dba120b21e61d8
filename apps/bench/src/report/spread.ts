import { faultOf, type Run } from "../run.ts";

/** What several repetitions came to. */
export type Spread = { readonly median: number; readonly least: number; readonly most: number; readonly count: number };

/** Runs that count. */
export type Results = { readonly runs: readonly Run[] };

export function figuresOf({ runs }: Results, scenario: string, peer: string, figure: string): Spread | undefined {
  return spreadOf(good(runs, scenario, peer).map(({ figures }) => figures[figure]));
}

/** Carillon's figure divided by the peer's, repetition by repetition: what they have in common with the machine's moods cancels out. */
export function ratioOf(results: Results, scenario: string, figure: string, peer: string): Spread | undefined {
  const theirs = new Map(good(results.runs, scenario, peer).map((run) => [run.repetition, run.figures[figure]]));
  return spreadOf(
    good(results.runs, scenario, "carillon").map(({ repetition, figures }) => {
      const [own, other] = [figures[figure], theirs.get(repetition)];
      return own === undefined || other === undefined ? undefined : own / other;
    }),
  );
}

function good(runs: readonly Run[], scenario: string, peer: string): readonly Run[] {
  return runs.filter((run) => run.scenario === scenario && run.peer === peer && faultOf(run) === undefined);
}

/** Of those that are numbers; undefined of none. */
function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const sorted = values
    .filter((value) => value !== undefined && Number.isFinite(value))
    .toSorted((a = 0, b = 0) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return { median, least, most, count: sorted.length };
}
