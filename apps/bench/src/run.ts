import type { Balance, Figures } from "./load/order.ts";

/** One run: a line of the raw results. */
export type Run = {
  readonly scenario: string;
  readonly peer: string;
  /** Runs of the same repetition were done one after the other, so they may be compared. */
  readonly repetition: number;
  readonly figures: Figures;
  readonly balance: Balance;
  readonly complaint?: string | undefined;
};

/** Why a run does not count, if it does not. */
export function faultOf({ balance, complaint }: Run): string | undefined {
  const wrong = (["lost", "doubled", "damaged", "cut"] as const).filter((word) => balance[word] !== 0);
  if (balance.acknowledged !== balance.sent) return `${balance.sent - balance.acknowledged} not acknowledged`;
  if (wrong.length === 0) return undefined;
  const counts = wrong.map((word) => `${balance[word]} ${word}`).join(", ");
  return complaint === undefined ? counts : `${counts}: ${complaint}`;
}
