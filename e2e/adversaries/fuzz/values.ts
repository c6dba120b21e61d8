import type { Dice } from "../../faults/random.ts";

/** A JSON value that a careless reader stumbles over; mostly of a wrong type, sometimes just out of bounds. */
export function hostileValue(chance: Dice): unknown {
  return chance.oneOf<() => unknown>([
    () => chance.oneOf(SCALARS),
    () => hostileText(chance),
    () => Array.from({ length: chance.below(20) }, () => chance.oneOf(SCALARS)),
    () => ({ [chance.oneOf(NAMES)]: chance.oneOf(SCALARS), [chance.oneOf(NAMES)]: {} }),
    () => nested(1 + chance.below(500)),
  ])();
}

/** A string that somebody could take for something else. */
export function hostileText(chance: Dice): string {
  const piece = () => chance.oneOf(TEXTS);
  return chance.oneOf<() => string>([piece, () => piece() + piece(), () => piece().repeat(1 + chance.below(200))])();
}

/** A field's name: one of the wire's own or of those that objects are born with. */
export function hostileName(chance: Dice): string {
  return chance.oneOf(NAMES);
}

function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const SCALARS = [
  null,
  true,
  false,
  0,
  -1,
  1,
  0.5,
  1e300,
  -1e300,
  2 ** 53,
  2 ** 53 - 1,
  2 ** 31,
  2 ** 32,
  "",
  " ",
  "0",
  "1",
];

const TEXTS = [
  ..."constructor __proto__ toString ../.. * % ' \" ; -- { } : / \\ <b> 👩‍👩‍👧‍👦 \u202e \u200b \ufeff \u2028".split(" "),
  "\0",
  "\ud800",
  "\udfff",
  "\r\n",
  "\u001b[31m",
  "' OR 1=1 --",
  "e\u0301",
  "x".repeat(129),
  "x".repeat(4_001),
];

const NAMES =
  "type id to from text thread seq token position epoch drafts draft mark target seqs upTo of before limit url data ttl __proto__ constructor toString length".split(
    " ",
  );
