import { spawnSync } from "node:child_process";
import { readFile, stat, truncate } from "node:fs/promises";
import { join } from "node:path";

/** Whether a power cut can be played here: it takes a C compiler and a linker that heeds LD_PRELOAD. */
export const canBeCut = process.platform === "linux" && spawnSync("cc", ["--version"]).status === 0;

/** The power of a machine with one program on it, which is started with its `env`. */
export class Power {
  readonly env: NodeJS.ProcessEnv;
  readonly #notes: string;

  /** @param folder of its own, into which the shim is compiled; see `synced.c` */
  constructor(folder: string) {
    const shim = join(folder, "synced.so");
    const source = join(import.meta.dirname, "synced.c");
    const { status, stderr } = spawnSync("cc", ["-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"]);
    if (status !== 0) throw new Error(`synced.c was not compiled: ${String(stderr)}`);
    this.#notes = join(folder, "synced");
    this.env = { LD_PRELOAD: shim, CARILLON_SYNCED: this.#notes };
  }

  /** Of these files of a program that was killed, what was not synced is gone; how many bytes that were. */
  async takesWhatIsNotSynced(files: readonly string[]): Promise<number> {
    const lengths = new Map<string, number>();
    for (const line of (await readFile(this.#notes, "utf8")).split("\n")) {
      const [, length, path] = /^(\d+) (.*)$/.exec(line) ?? [];
      if (path !== undefined) lengths.set(path, Number(length));
    }
    let taken = 0;
    for (const file of files) {
      const length = lengths.get(file) ?? 0;
      taken += (await stat(file)).size - length;
      await truncate(file, length);
    }
    return taken;
  }
}
