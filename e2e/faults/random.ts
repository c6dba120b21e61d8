/** Uniform in [0, 1), the same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The dice of one test: a new seed each run, printed, so that a run can be had again with `CARILLON_SEED`. */
export function dice(test: string): Dice {
  return diceOf(announcedSeed(test));
}

/** `CARILLON_SEED`, or a new one; printed. */
export function announcedSeed(test: string): number {
  const seed = Number(process.env["CARILLON_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`${test}: seed ${seed}`);
  return seed;
}

/** The same throws for the same seed. */
export function diceOf(seed: number): Dice {
  const random = seeded(seed);
  const below = (end: number) => Math.floor(random() * end);
  return {
    random,
    below,
    oneOf: (things) => {
      const thing = things[below(things.length)];
      if (thing === undefined) throw new Error("There is nothing to choose from.");
      return thing;
    },
  };
}

export type Dice = {
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** A whole number from 0, under `end`. */
  readonly below: (end: number) => number;
  readonly oneOf: <T>(things: readonly T[]) => T;
};
