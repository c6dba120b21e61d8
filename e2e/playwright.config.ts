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
