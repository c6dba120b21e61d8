import fc from "fast-check";
import type { Data, Draft, MarkName, MarkTarget, MuteTarget, Position, Priority } from "../index.ts";

export const seq = fc.maxSafeNat();
/** Without -0, which JSON does not know. */
export const at = fc.maxSafeInteger().map((ms) => ms + 0);
export const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
export const uid = fc.string({ minLength: 1, maxLength: 128, unit: "binary" });
export const text = fc.string({ unit: "binary" });
export const thread = fc.string({ minLength: 1, maxLength: 128 });
export const url = fc.oneof(fc.webUrl(), fc.webPath());
/** Without -0, too. */
export const data: fc.Arbitrary<Data> = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
  .map((any): Data => JSON.parse(JSON.stringify(any)));
export const priority: fc.Arbitrary<Priority> = fc.constantFrom("low", "high");
export const yes = fc.constant(true as const);
export const position: fc.Arbitrary<Position> = fc.record({
  epoch: fc.string({ minLength: 1, maxLength: 64 }),
  seq,
});
export const draft: fc.Arbitrary<Draft> = fc.record(
  { id, to: uid, text, thread, url, data, priority, ttl: fc.integer() },
  { requiredKeys: ["id", "to", "text"] },
);
export const mark: fc.Arbitrary<MarkName> = fc.constantFrom("seen", "read", "unread", "archived", "unarchived");
export const seqs = fc.array(seq, { minLength: 1, maxLength: 10 });
export const target: fc.Arbitrary<MarkTarget> = fc.oneof(fc.record({ seqs }), fc.record({ upTo: seq }));
export const muteTarget: fc.Arbitrary<MuteTarget> = fc.oneof(fc.record({ thread }), fc.record({ from: uid }));
