import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";

/** A program that lies in Debian packages: how to start it from there. */
export type DebianProgram = { readonly path: string; readonly env: NodeJS.ProcessEnv };

/**
 * The folder that holds the files of Debian packages (`usr/bin` and so on), fetched if need be. Nothing is installed, so no
 * service starts and no root is needed. Undefined, and a sentence on stderr that says why, where they cannot be had.
 */
export function debianPart(...packages: readonly [string, ...string[]]): string | undefined {
  return partOf(packages, "", () => []);
}

/** As `debianPart`, from what was made for this machine's release of Debian after it had come out. */
export function backportedPart(...packages: readonly [string, ...string[]]): string | undefined {
  return partOf(packages, "-backported", backports);
}

/** @param path of the program in the packages, such as `usr/sbin/nginx`; libraries of the same packages are found. */
export function debianProgram(path: string, ...packages: readonly [string, ...string[]]): DebianProgram | undefined {
  const folder = debianPart(...packages);
  return folder === undefined ? undefined : programIn(folder, path);
}

/** @param more folders in which its libraries may lie */
export function programIn(folder: string, path: string, ...more: readonly string[]): DebianProgram {
  const libraries = [folder, ...more].flatMap(librariesIn).join(delimiter);
  return { path: join(folder, path), env: { ...process.env, LD_LIBRARY_PATH: libraries } };
}

/** How apt-get is told where to look. It may write into the folder. */
type Sources = (folder: string) => readonly string[];

function partOf(packages: readonly string[], kind: string, sources: Sources): string | undefined {
  const folder = join(CACHE, `${packages.join("+")}${kind}`);
  if (existsSync(folder)) return folder;
  const fault = fetchInto(folder, packages, sources);
  if (fault === undefined) return folder;
  console.warn(`${packages.join(", ")} could not be had: ${fault}`);
  return undefined;
}

const CACHE = join(import.meta.dirname, "../node_modules/.cache/debian");
const DOWNLOAD_MS = 120_000;

/** What went wrong, if anything did. Other processes may fetch the same at the same time: the first that is done wins. */
function fetchInto(folder: string, packages: readonly string[], sources: Sources): string | undefined {
  mkdirSync(CACHE, { recursive: true });
  const workshop = mkdtempSync(join(CACHE, "fetching-"));
  try {
    const fault = download(workshop, packages, sources(workshop)) ?? unpack(workshop);
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
function download(workshop: string, packages: readonly string[], sources: readonly string[]): string | undefined {
  const fetched = () => run(workshop, "apt-get", ...sources, "download", ...packages);
  if (fetched() === undefined) return undefined;
  run(workshop, "apt-get", ...sources, "-o", "DPkg::Lock::Timeout=120", "update");
  return fetched();
}

/** A list of sources of our own, on the mirror that the machine has, and lists of packages of our own: the machine's stay as they are. */
function backports(folder: string): readonly string[] {
  const about = readFileSync("/etc/os-release", "utf8");
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(about)?.[1];
  if (!/^ID=debian$/m.test(about) || release === undefined) throw new Error("This is no Debian that has backports.");
  const file = join(folder, "sources.list");
  writeFileSync(file, `deb [signed-by=${KEYRING}] ${mirrorOf(release)} ${release}-backports main\n`);
  for (const each of ["lists", "cache/archives"]) mkdirSync(join(folder, each, "partial"), { recursive: true });
  const where = {
    "Etc::SourceList": file,
    "Etc::SourceParts": "/dev/null",
    State: folder,
    Cache: join(folder, "cache"),
  };
  return Object.entries(where).flatMap(([name, path]) => ["-o", `Dir::${name}=${path}`]);
}

/** From where the machine gets this release. */
function mirrorOf(release: string): string {
  const asked = ["indextargets", "--format", "$(RELEASE) $(REPO_URI)", "Created-By: Packages"];
  const { stdout } = spawnSync("apt-get", asked, { timeout: DOWNLOAD_MS, encoding: "utf8" });
  const mirror = stdout.split("\n").find((line) => line.startsWith(`${release} `));
  if (mirror === undefined) throw new Error("No mirror of Debian is set up here.");
  return mirror.slice(release.length + 1);
}

/** By which Debian signs what it has. */
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

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

function librariesIn(folder: string): readonly string[] {
  const root = join(folder, "usr/lib");
  if (!existsSync(root)) return [];
  const machines = readdirSync(root).filter((name) => name.endsWith("-linux-gnu"));
  return [root, ...machines.map((name) => join(root, name))];
}
