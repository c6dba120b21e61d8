import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { debianProgram } from "../machine/debian.ts";

const EXAMPLES = join(import.meta.dirname, "../../apps/server/deploy");
const caddy = debianProgram("usr/bin/caddy", "caddy");

it.skipIf(caddy === undefined)("Caddy understands the example", () => {
  if (caddy === undefined) return;
  const { status, stderr } = spawnSync(
    caddy.path,
    ["adapt", "--validate", "--adapter", "caddyfile", "--config", join(EXAMPLES, "Caddyfile")],
    { env: caddy.env, encoding: "utf8" },
  );
  expect(status, stderr).toBe(0);
});
