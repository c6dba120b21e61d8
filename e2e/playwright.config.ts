import { defineConfig } from "@playwright/test";
import { known, launchOf, lookForBrowsers } from "./machine/chromium.ts";

const browsers = lookForBrowsers();
// The workers read this file too, and need not look again.
if (browsers !== undefined) Object.assign(process.env, known(browsers));

export default defineConfig({
  testDir: "tests",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  // One more than a small machine has processors: tests wait for pages, and pages for their own clocks.
  workers: 3,
  fullyParallel: true,
  // Some wait for a client's backoff, on machines that have much else to do; what has to be quick says so where it is expected.
  timeout: 60_000,
  // A test that passes only sometimes has found something.
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: "list",
  use: {
    locale: "en-US",
    launchOptions: launchOf("shell"),
  },
});
