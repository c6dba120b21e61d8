export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** A check is all or nothing: types, lint, format, build. */
export function checkCounts(code: number): Counts {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : crashed;
}

/** From Vitest's JSON report. A file that failed without a failed test of its own (an import, a hook) counts as one. */
export function vitestCounts(code: number, report: unknown): Counts {
  const files = list(report, "testResults").filter((file) => field(file, "status") === "failed");
  const mute = files.filter(
    (file) => !list(file, "assertionResults").some((test) => field(test, "status") === "failed"),
  );
  return honest(code, {
    passed: count(report, "numPassedTests"),
    failed: count(report, "numFailedTests") + mute.length,
    skipped: count(report, "numPendingTests") + count(report, "numTodoTests"),
  });
}

/** From Playwright's JSON report. What passed only on a retry has failed; so has what broke outside of any test. */
export function playwrightCounts(code: number, report: unknown): Counts {
  const stats = field(report, "stats");
  return honest(code, {
    passed: count(stats, "expected"),
    failed: count(stats, "unexpected") + count(stats, "flaky") + list(report, "errors").length,
    skipped: count(stats, "skipped"),
  });
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    none,
  );
}

/** The form that machines read: `12 passed, 0 failed`, and `, 3 skipped` if any were. */
export function sentence({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

const none: Counts = { passed: 0, failed: 0, skipped: 0 };
export const crashed: Counts = { passed: 0, failed: 1, skipped: 0 };

/** A runner that ended badly, or that ran no test, has failed at least once, whatever its report says. */
function honest(code: number, counts: Counts): Counts {
  const ranNone = counts.passed + counts.failed === 0;
  return counts.failed === 0 && (code !== 0 || ranNone) ? { ...counts, failed: 1 } : counts;
}

function field(from: unknown, name: string): unknown {
  return typeof from === "object" && from !== null ? Reflect.get(from, name) : undefined;
}

function count(from: unknown, name: string): number {
  const value = field(from, name);
  return typeof value === "number" ? value : 0;
}

function list(from: unknown, name: string): readonly unknown[] {
  const value = field(from, name);
  return Array.isArray(value) ? value : [];
}
