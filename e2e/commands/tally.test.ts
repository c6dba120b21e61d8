import { describe, expect, test } from "vitest";
import { checkCounts, playwrightCounts, sentence, sum, vitestCounts } from "./tally.ts";

const vitest = {
  success: true,
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [{ status: "passed", assertionResults: [{ status: "passed" }] }],
};
const playwright = { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

describe("Vitest's report", () => {
  test("a good run gives its own numbers, todo among the skipped", () => {
    expect(vitestCounts(0, vitest)).toEqual({ passed: 7, failed: 0, skipped: 2 });
  });

  test("a file that could not be imported is one failure more, though it has no test", () => {
    const testResults = [
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "failed", assertionResults: [] },
    ];
    expect(vitestCounts(1, { ...vitest, numFailedTests: 1, testResults }).failed).toBe(2);
  });

  test("a failed test is not counted again for its file", () => {
    const testResults = [{ status: "failed", assertionResults: [{ status: "failed" }] }];
    expect(vitestCounts(1, { ...vitest, numFailedTests: 1, testResults }).failed).toBe(1);
  });

  test("an error outside of all tests fails the run", () => {
    expect(vitestCounts(1, vitest)).toEqual({ passed: 7, failed: 1, skipped: 2 });
  });
});

describe("Playwright's report", () => {
  test("a good run gives its own numbers", () => {
    expect(playwrightCounts(0, playwright)).toEqual({ passed: 4, failed: 0, skipped: 0 });
  });

  test("a test that passed on a retry has failed", () => {
    expect(playwrightCounts(0, { ...playwright, stats: { expected: 3, flaky: 1 } }).failed).toBe(1);
  });

  test("an error outside of all tests has failed", () => {
    expect(playwrightCounts(1, { ...playwright, errors: [{ message: "global" }, {}] }).failed).toBe(2);
  });
});

describe("any runner", () => {
  test.each([undefined, null, "broken", {}, { stats: null, testResults: 3, errors: "no" }])(
    "without a report that can be read is one failure, whatever its exit code (%o)",
    (report) => {
      for (const counts of [vitestCounts, playwrightCounts]) {
        expect(counts(0, report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
        expect(counts(137, report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
      }
    },
  );

  test("that skipped everything has failed", () => {
    expect(playwrightCounts(0, { stats: { skipped: 5 } })).toEqual({ passed: 0, failed: 1, skipped: 5 });
  });
});

describe("the sum", () => {
  test("adds up all runners and all checks", () => {
    const all = [checkCounts(0), checkCounts(2), vitestCounts(0, vitest), playwrightCounts(0, playwright)];
    expect(sentence(sum(all))).toBe("12 passed, 1 failed, 2 skipped");
  });

  test("does not speak of the skipped if there were none", () => {
    expect(sentence(sum([checkCounts(0), playwrightCounts(0, playwright)]))).toBe("5 passed, 0 failed");
  });
});
