import { spawnSync } from "node:child_process";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Conditions } from "./hub-process.ts";

/** What the disk does at an fsync; see `disk.c`. */
export type DiskState = "well" | "eio" | "die" | `slow ${number}`;

const SOURCE = join(import.meta.dirname, "disk.c");

/** Whether a disk can fail on demand here: it takes a C compiler and a linker that heeds LD_PRELOAD. */
export const canFail = process.platform === "linux" && spawnSync("cc", ["--version"]).status === 0;

/** A disk that fails on demand, for one hub that is started with its `conditions`. */
export class Disk {
  readonly conditions: Conditions;
  readonly #file: string;

  private constructor(shim: string, file: string) {
    this.#file = file;
    this.conditions = { env: { LD_PRELOAD: shim, CARILLON_DISK: file } };
  }

  /** Compiles the shim into that folder. */
  static in(folder: string): Disk {
    const shim = join(folder, "disk.so");
    const { status, stderr } = spawnSync("cc", ["-shared", "-fPIC", "-O1", "-o", shim, SOURCE, "-ldl"]);
    if (status !== 0) throw new Error(`disk.c was not compiled: ${String(stderr)}`);
    return new Disk(shim, join(folder, "disk.state"));
  }

  /** From the next fsync on. */
  async be(state: DiskState): Promise<void> {
    if (state === "well") return rm(this.#file, { force: true });
    await writeFile(`${this.#file}.new`, state);
    await rename(`${this.#file}.new`, this.#file);
  }
}
