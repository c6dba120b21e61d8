import fc from "fast-check";
import { expect, test } from "vitest";
import { eventIdOf, positionOf } from "./index.ts";

test("[P41] every position comes back from its id, colons and all", () => {
  const epoch = fc.string({ minLength: 1, maxLength: 64, unit: "grapheme-ascii" });
  const position = fc.record({ epoch, seq: fc.nat(Number.MAX_SAFE_INTEGER) });
  fc.assert(
    fc.property(position, (given) => {
      expect(positionOf(eventIdOf(given))).toEqual(given);
    }),
  );
});

test.each([
  "",
  ":",
  ":7",
  "epoch",
  "epoch:",
  "epoch:-1",
  "epoch:1.5",
  "epoch:1e3",
  "epoch: 7",
  "epoch:9007199254740992",
  `${"e".repeat(65)}:7`,
])("[P41] %j is the id of no position", (id) => {
  expect(positionOf(id)).toBeUndefined();
});
