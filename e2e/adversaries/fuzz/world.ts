import { limits } from "@carillon/protocol";
import type { Dice } from "../../faults/random.ts";
import type { Contract } from "./contract.ts";
import { hostileText } from "./values.ts";

/** Who there is, what they may show, what their hub's store is called, and what the hub says that it understands. */
export type World = {
  readonly users: readonly { readonly uid: string; readonly token: string; readonly tutorialToken: string }[];
  readonly epoch: string;
  readonly apiSecret: string;
  readonly contract: Contract;
};

/** Mostly what somebody might write; sometimes what somebody could take for something else. */
export function text(chance: Dice, longest = LONGEST): string {
  return chance.below(4) === 0 ? hostileText(chance).slice(0, longest) : "x".repeat(1 + chance.below(60));
}

/** From few enough that some are used again: resends, conflicts, edits of what there is. */
export function draftId(chance: Dice): string {
  return `d${chance.below(chance.oneOf([50, 1_000_000]))}`;
}

/** A little more than a text may have, and still a frame. */
export const LONGEST = limits.textLength + 1;
