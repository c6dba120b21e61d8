import fc from "fast-check";
import type { Draft, MarkName, MarkTarget, Position } from "../index.ts";

export const seq = fc.maxSafeNat();
/** Without -0, which JSON does not know. */
export const at = fc.maxSafeInteger().map((ms) => ms + 0);
export const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
export const uid = fc.string({ minLength: 1, maxLength: 128, unit: "binary" });
export const text = fc.string({ unit: "binary" });
export const thread = fc.string({ minLength: 1, maxLength: 128 });
export const yes = fc.constant(true as const);
export const position: fc.Arbitrary<Position> = fc.record({
  epoch: fc.string({ minLength: 1, maxLength: 64 }),
  seq,
});
export const draft: fc.Arbitrary<Draft> = fc.record(
  { id, to: uid, text, thread },
  { requiredKeys: ["id", "to", "text"] },
);
export const mark: fc.Arbitrary<MarkName> = fc.constantFrom("seen", "read", "unread");
export const target: fc.Arbitrary<MarkTarget> = fc.oneof(
  fc.record({ seqs: fc.array(seq, { minLength: 1, maxLength: 10 }) }),
  fc.record({ upTo: seq }),
);
