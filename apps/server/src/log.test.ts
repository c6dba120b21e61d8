import { pino } from "pino";
import { expect, it } from "vitest";
import { CorkedLog } from "./log.ts";

function logging() {
  const writes: string[] = [];
  const corked = new CorkedLog({ write: (text) => void writes.push(text) });
  return { writes, log: pino({ base: null, timestamp: false }, corked) };
}

it("the lines of one turn leave together, at its end, in their order", async () => {
  const { writes, log } = logging();
  log.info("one");
  log.info("two");
  expect(writes).toEqual([]);
  await new Promise(setImmediate);
  expect(writes).toEqual(['{"level":30,"msg":"one"}\n{"level":30,"msg":"two"}\n']);
  log.info("three");
  await new Promise(setImmediate);
  expect(writes).toHaveLength(2);
});

it("what ends the process is written before it does, and all that was said before", () => {
  const { writes, log } = logging();
  log.info("before");
  log.fatal("the end");
  expect(writes.join("")).toBe('{"level":30,"msg":"before"}\n{"level":60,"msg":"the end"}\n');
});

it("much of it does not wait for the end of the turn", () => {
  const { writes, log } = logging();
  for (let line = 0; line < 20; line += 1) log.info("x".repeat(10_000));
  expect(writes.length).toBeGreaterThan(1);
});
