import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that lies in Debian packages: how to start it from there. */
export type DebianProgram = { readonly path: string; readonly env: NodeJS.ProcessEnv };

/**
 * The folder that holds the files of Debian packages (`usr/bin` and so on), fetched if need be. Nothing is installed, so no
 * service starts and no root is needed. Undefined, and a sentence on stderr that says why, where they cannot be had.
 */
export function debianPart(...packages: readonly [string, ...string[]]): string | undefined {
  const folder = join(CACHE, packages.join("+"));
  if (existsSync(folder)) return folder;
  const fault = fetchInto(folder, packages);
  if (fault === undefined) return folder;
  console.warn(`${packages.join(", ")} could not be had: ${fault}`);
  return undefined;
}

/** @param path of the program in the packages, such as `usr/sbin/nginx`; libraries of the same packages are found. */
export function debianProgram(path: string, ...packages: readonly [string, ...string[]]): DebianProgram | undefined {
  const folder = debianPart(...packages);
  if (folder === undefined) return undefined;
  return { path: join(folder, path), env: { ...process.env, LD_LIBRARY_PATH: libraries(folder).join(delimiter) } };
}

const CACHE = join(import.meta.dirname, "../node_modules/.cache/debian");
const DOWNLOAD_MS = 120_000;

/** What went wrong, if anything did. Other processes may fetch the same at the same time: the first that is done wins. */
function fetchInto(folder: string, packages: readonly string[]): string | undefined {
  mkdirSync(CACHE, { recursive: true });
  const workshop = mkdtempSync(join(CACHE, "fetching-"));
  try {
    const fault = download(workshop, packages) ?? unpack(workshop);
    if (fault !== undefined) return fault;
    if (!existsSync(folder)) renameSync(join(workshop, UNPACKED), folder);
    return undefined;
  } catch (error) {
    return existsSync(folder) ? undefined : String(error);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** A machine whose lists are old or missing gets new ones, if it may. */
function download(workshop: string, packages: readonly string[]): string | undefined {
  const fetched = () => run(workshop, "apt-get", "download", ...packages);
  if (fetched() === undefined) return undefined;
  run(workshop, "apt-get", "-o", "DPkg::Lock::Timeout=120", "update");
  return fetched();
}

function unpack(workshop: string): string | undefined {
  mkdirSync(join(workshop, UNPACKED));
  const files = readdirSync(workshop).filter((file) => file.endsWith(".deb"));
  for (const file of files) {
    const fault = run(workshop, "dpkg-deb", "--extract", file, UNPACKED);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const UNPACKED = "unpacked";

function run(cwd: string, program: string, ...args: readonly string[]): string | undefined {
  const { status, error, stderr } = spawnSync(program, args, { cwd, timeout: DOWNLOAD_MS, encoding: "utf8" });
  if (status === 0) return undefined;
  return error?.message ?? (stderr.trim().split("\n").at(-1) || `${program} ended with ${status}`);
}

function libraries(folder: string): readonly string[] {
  const root = join(folder, "usr/lib");
  if (!existsSync(root)) return [];
  const machines = readdirSync(root).filter((name) => name.endsWith("-linux-gnu"));
  return [root, ...machines.map((name) => join(root, name))];
}
