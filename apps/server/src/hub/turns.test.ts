import { expect, it } from "vitest";
import { Turns } from "./turns.ts";

/** Work that is under way until it is told to end. */
function work(name: string, log: string[]) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const start = () => {
    log.push(name);
    return promise;
  };
  return { start, end: () => resolve(name) };
}

it("lets one user's work begin when what came before it is done, and no other user's wait", async () => {
  const turns = new Turns();
  const begun: string[] = [];
  const [first, second, other] = [work("first", begun), work("second", begun), work("other", begun)];
  const ends = [turns.take("100", first.start), turns.take("100", second.start), turns.take("101", other.start)];
  expect(begun).toEqual(["first", "other"]);
  first.end();
  expect(await ends[0]).toBe("first");
  second.end();
  other.end();
  expect(await Promise.all(ends)).toEqual(["first", "second", "other"]);
  expect(begun).toEqual(["first", "other", "second"]);
});

it("remembers nobody for whom nothing is under way", async () => {
  const turns = new Turns();
  await Promise.all(Array.from({ length: 100 }, (_, n) => turns.take(`user-${n}`, () => Promise.resolve(n))));
  expect(turns.size).toBe(0);
});
