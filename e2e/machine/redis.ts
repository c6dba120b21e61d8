import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type DebianProgram, debianProgram } from "./debian.ts";
import { freePort } from "./port.ts";

/** The one that was asked for, or the machine's own redis-server, or Debian's, or undefined where none can be had. */
export function redisProgram(): DebianProgram | undefined {
  const asked = process.env["CARILLON_TEST_REDIS"];
  // A setting that leads nowhere is a mistake to be told, not to be worked around.
  if (asked && !existsSync(asked)) throw new Error(`CARILLON_TEST_REDIS names ${asked}, which does not exist.`);
  if (asked) return { path: asked, env: process.env };
  if (existsSync(INSTALLED)) return { path: INSTALLED, env: process.env };
  return debianProgram("usr/bin/redis-check-rdb", ...PACKAGES); // The server by another name: `redis-server` is a link to it.
}

/** A redis-server of one's own, on a port and in a folder of its own; it can end, come back, and stand still. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly #folder: string;
  readonly #program: DebianProgram;
  readonly #role: Role;
  isFrozen = false;
  #child: ChildProcess | undefined;
  /** Its words since it was started. */
  #said: string[] = [];
  readonly #listeners = new Set<() => void>();

  private constructor(port: number, folder: string, program: DebianProgram, role: Role) {
    this.port = port;
    this.#folder = folder;
    this.#program = program;
    this.#role = role;
  }

  /** @param settings as on a command line: `--appendfsync always`, word by word. Without any, it is as Carillon wants it. */
  static async start(...settings: readonly string[]): Promise<RedisServer> {
    return RedisServer.startOn(await freePort(), ...settings);
  }

  static startOn(port: number, ...settings: readonly string[]): Promise<RedisServer> {
    return RedisServer.#startAt(port, {}, settings);
  }

  /** @param env that its process has beside that of ours */
  static async startWith(env: NodeJS.ProcessEnv, ...settings: readonly string[]): Promise<RedisServer> {
    return RedisServer.#startAt(await freePort(), env, settings);
  }

  static async #startAt(port: number, env: NodeJS.ProcessEnv, settings: readonly string[]): Promise<RedisServer> {
    const program = redisProgram();
    if (program === undefined) throw new Error("There is no redis-server here, and Debian's cannot be had.");
    const folder = await mkdtemp(join(tmpdir(), "carillon-redis-"));
    const role = { first: [], settings: [...STANDARD, ...settings], ready: READY };
    const started = { path: program.path, env: { ...program.env, ...env } };
    return RedisServer.#started(new RedisServer(port, folder, started, role));
  }

  /** A Sentinel, which is the same program. @param lines of its configuration, which it writes back when it learns something */
  static async sentinelOn(port: number, lines: readonly string[], ...settings: string[]): Promise<RedisServer> {
    const program = redisProgram();
    if (program === undefined) throw new Error("There is no redis-server here, and Debian's cannot be had.");
    const folder = await mkdtemp(join(tmpdir(), "carillon-sentinel-"));
    const file = join(folder, "sentinel.conf");
    await writeFile(file, ["bind 127.0.0.1", `dir ${folder}`, ...lines, ""].join("\n"));
    return RedisServer.#started(
      new RedisServer(port, folder, program, { first: [file, "--sentinel"], settings, ready: WATCHING }),
    );
  }

  static async #started(server: RedisServer): Promise<RedisServer> {
    try {
      await server.start();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Its append-only files, of which it writes to the last one. */
  async appendOnlyFiles(): Promise<readonly string[]> {
    const folder = join(await realpath(this.#folder), "appendonlydir");
    return (await readdir(folder)).filter((name) => name.endsWith(".incr.aof")).map((name) => join(folder, name));
  }

  /** Starts it where it was, with what it had written. Resolves when it takes connections. */
  async start(): Promise<void> {
    const here = ["--port", String(this.port), "--dir", this.#folder];
    const child = spawn(this.#program.path, [...this.#role.first, ...here, ...this.#role.settings], {
      argv0: "redis-server", // Its own name tells the program what it is.
      env: this.#program.env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    const endWithUs = () => child.kill("SIGKILL");
    process.once("exit", endWithUs);
    child.once("exit", () => process.off("exit", endWithUs));
    this.#said = [];
    createInterface({ input: child.stdout }).on("line", (line) => this.#onLine(line));
    child.once("exit", () => this.#onLine(ENDED));
    await this.#says(this.#role.ready);
  }

  /** Ends it at once, as a crash or a cut cable of power does. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Ends it in good order: it writes what it has. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** Stands still: connections stay, nothing is answered. */
  freeze(): void {
    this.isFrozen = true;
    this.#child?.kill("SIGSTOP");
  }

  thaw(): void {
    this.isFrozen = false;
    this.#child?.kill("SIGCONT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20 }); // A copy that it was writing may end later.
  }

  /** Resolves when it has said that; rejects with all that it said if it ends instead. */
  async #says(words: string): Promise<void> {
    while (!this.#said.some((line) => line.includes(words))) {
      if (this.#said.includes(ENDED)) throw new Error(`redis-server has ended:\n${this.#said.join("\n")}`);
      await new Promise<void>((resolve) => {
        this.#listeners.add(resolve);
      });
    }
  }

  #onLine(line: string): void {
    if (this.#said.length < MOST_LINES) this.#said.push(line);
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }
}

/** What the program is told to be, and what it says once it is. */
type Role = { readonly first: readonly string[]; readonly settings: readonly string[]; readonly ready: string };

const READY = "Ready to accept connections";
const WATCHING = "Sentinel ID is";
const INSTALLED = "/usr/bin/redis-server";
const PACKAGES = [
  "redis-server",
  "redis-tools",
  "libjemalloc2",
  "liblua5.1-0",
  "lua-bitop",
  "lua-cjson",
  "libatomic1",
  "liblzf1",
  "libhiredis0.14",
] as const;
const DURABLE = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec"];
/** A replica need not wait for others. */
const STANDARD = [...DURABLE, "--repl-diskless-sync-delay", "0"];

/** What we say for it. */
const ENDED = "(it has ended)";
/** Lines that are kept: far more than a test needs. */
const MOST_LINES = 1_000;
