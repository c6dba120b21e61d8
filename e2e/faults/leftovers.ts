import { afterAll, onTestFinished, TestRunner } from "vitest";

/**
 * Sees to it that a process ends with the test that started it, also if that test times out: its blocks never end then. What a
 * hook started ends with the file at the latest.
 */
export function endWithTest(end: () => Promise<unknown>): void {
  const ended = async () => void (await end());
  leftovers.push(ended);
  if (TestRunner.getCurrentTest() !== undefined) onTestFinished(ended);
}

const leftovers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(leftovers.map((end) => end())));
