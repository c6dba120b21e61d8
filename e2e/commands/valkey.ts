import { join } from "node:path";
import { compileCache } from "../machine/compile-cache.ts";
import { pnpm } from "../machine/pnpm.ts";
import { run } from "../machine/run.ts";
import { getValkey, versionOf } from "../machine/valkey.ts";

// The tests that need a Redis, on Valkey.

const TESTS = [
  "apps/server/src/inbox/redis",
  "apps/server/src/inbox/moving.test.ts",
  "apps/server/src/bus/redis",
  "apps/server/src/commands/move.test.ts",
  "apps/server/src/cut-network.test.ts",
  "apps/server/src/fleet.test.ts",
  "apps/server/src/guarded-redis.test.ts",
  "apps/server/src/hubs-on-a-cluster.test.ts",
  "apps/server/src/slow-redis.test.ts",
  "apps/server/src/two-hubs.test.ts",
  "e2e/fleet",
] as const;

process.chdir(join(import.meta.dirname, "../.."));
process.exitCode = await onValkey();

async function onValkey(): Promise<number> {
  try {
    const program = getValkey();
    console.log(versionOf(program));
    const { LD_LIBRARY_PATH } = program.env;
    const env = { ...compileCache, LD_LIBRARY_PATH, CARILLON_TEST_REDIS: program.path };
    return await run(pnpm("exec", "vitest", "run", "--maxWorkers=2", ...TESTS, ...process.argv.slice(2)), { env });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
