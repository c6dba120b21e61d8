import { defineConfig } from "@playwright/test";
import { chromiumArgs, lookForChromium } from "./machine/chromium.ts";

const executablePath = lookForChromium();
// The workers read this file too, and need not look again.
if (executablePath !== undefined) process.env["CARILLON_CHROMIUM"] = executablePath;

export default defineConfig({
  testDir: "tests",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: true,
  // Some wait for a client's backoff, on machines that have much else to do; what has to be quick says so where it is expected.
  timeout: 60_000,
  // A test that passes only sometimes has found something.
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: "list",
  use: {
    locale: "en-US",
    screenshot: "only-on-failure",
    launchOptions: { args: chromiumArgs, ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
