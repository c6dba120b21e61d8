import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Finding } from "./calls.ts";
import type { CommitCount } from "./rows.ts";

/**
 * The small file beside the store that says how many commits it has had, so that a store which lost some is known by it (P29).
 * It is written when a commit is durable, and not fsynced itself: after a power loss it can lag behind the store, but it is never
 * rightly ahead. A witness only: whatever is wrong with this file is told once and stands in nobody's way.
 */
export class Sidecar {
  readonly #file: string;
  readonly #tell: (finding: Finding) => void;
  #descriptor: number | undefined;
  #isWell = true;

  constructor(file: string, tell: (finding: Finding) => void) {
    this.#file = file;
    this.#tell = tell;
  }

  /** Undefined if there is nothing that makes sense. */
  read(): CommitCount | undefined {
    const bytes = Buffer.alloc(LINE_BYTES);
    return this.#attempt((file) => parsed(bytes.toString("utf8", 0, readSync(file, bytes, { position: 0 }))));
  }

  /** To be called when what it says is durable. */
  write(row: CommitCount): void {
    this.#attempt((file) => writeSync(file, line(row), 0));
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  /** What could not be opened is tried again each time, for a disk may have room later. */
  #attempt<T>(act: (file: number) => T): T | undefined {
    try {
      const result = act((this.#descriptor ??= openSync(this.#file, constants.O_RDWR | constants.O_CREAT)));
      this.#isWell = true;
      return result;
    } catch (error) {
      if (this.#isWell) this.#tell(unusable(this.#file, error));
      this.#isWell = false;
      return undefined;
    }
  }
}

/** One line, with a sum that tells it from noise. What a longer line has left behind it is not read. */
function line({ epoch, commits }: CommitCount): string {
  const words = `${epoch} ${commits}`;
  return `${words} ${crc32(words).toString(16).padStart(8, "0")}\n`;
}

function parsed(text: string): CommitCount | undefined {
  const [, words, epoch, commits, sum] = /^((\S+) (\d{1,15})) ([0-9a-f]+)\n/.exec(text) ?? [];
  if (words === undefined || epoch === undefined || Number(`0x${sum}`) !== crc32(words)) return undefined;
  return { epoch, commits: Number(commits) };
}

function unusable(file: string, error: unknown): Finding {
  return {
    level: "warn",
    message: "the file beside the store cannot be used: a store that loses commits would go unnoticed",
    facts: { file, reason: String(error) },
  };
}

/** More than any line of ours has. */
const LINE_BYTES = 128;
