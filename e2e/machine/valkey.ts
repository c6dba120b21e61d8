import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { backportedPart, debianPart, type DebianProgram, debianProgram, programIn } from "./debian.ts";

/** The machine's own valkey-server, or Debian's. Throws a sentence that says how to get one. */
export function getValkey(): DebianProgram {
  const program = installed() ?? backported() ?? debianProgram(SERVER, "valkey-tools", ...LIBRARIES);
  if (program !== undefined) return program;
  throw new Error(
    "No valkey-server is here, and Debian's could not be fetched. Put one on the PATH, or let CARILLON_TEST_REDIS name it.",
  );
}

/** What it says of its version. */
export function versionOf({ path, env }: DebianProgram): string {
  const { stdout } = spawnSync(path, ["--version"], { env, argv0: "valkey-server", encoding: "utf8" });
  return stdout.trim();
}

function installed(): DebianProgram | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const path = folders.map((folder) => join(folder, "valkey-server")).find((file) => existsSync(file));
  return path === undefined ? undefined : { path, env: process.env };
}

function backported(): DebianProgram | undefined {
  const [tools, libraries] = [backportedPart("valkey-tools"), debianPart(...LIBRARIES)];
  return tools === undefined || libraries === undefined ? undefined : programIn(tools, SERVER, libraries);
}

/** The server by another name: `valkey-server` is a link to it. */
const SERVER = "usr/bin/valkey-check-rdb";
const LIBRARIES = ["libjemalloc2", "liblzf1", "libatomic1"] as const;
