import { describe, expect, it } from "vitest";
import { life } from "./lives.ts";

const world = {
  users: [{ uid: "100", token: "t", tutorialToken: "m" }],
  epoch: "e",
  apiSecret: "s",
  contract: {
    messages: [{ type: "object", properties: { type: { const: "ping" } }, required: ["type"] }],
    operations: [
      { operationId: "o", method: "POST", path: "/o", parameters: [], body: { schema: { type: "object" } } },
    ],
  },
};
const lives = (seed: number, malice: boolean) =>
  Array.from({ length: 200 }, (_, number) => life(number, { seed, world, malice }));

describe("a life of the fuzzer", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(lives(1, true)).toEqual(lives(1, true));
    expect(lives(1, true)).not.toEqual(lives(2, true));
  });

  it("ends in order without malice, and only then", () => {
    const isOrderly = ({ reads, end }: ReturnType<typeof life>) => reads && end === "fin";
    expect(lives(3, false).every(isOrderly)).toBe(true);
    expect(lives(3, true).every(isOrderly)).toBe(false);
  });
});
