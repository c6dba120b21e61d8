import { configDefaults, defineConfig } from "vitest/config";

/** Tests that look at their own process, or start others and measure them: each file in a process of its own. */
const APART = ["e2e/**/*.test.ts", "apps/bench/**/*.test.ts", "apps/server/src/wire/leaks.test.ts"];

export default defineConfig({
  test: {
    // Machines have much else to do; what has to be quick says so where it is expected.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "apart", include: APART } },
      {
        extends: true,
        test: {
          name: "together",
          include: ["{apps,packages}/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...APART],
          // To start a process and load the same modules took most files longer than their tests.
          isolate: false,
        },
      },
    ],
  },
});
