import { open, rm } from "node:fs/promises";
import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { canPin } from "./pinning.ts";

/** What figures depend on, and nothing that says whose machine it is. */
export type Machine = {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly isPinned: boolean;
  /** Milliseconds that a write of 4 KiB takes until it is on the disk. */
  readonly syncP50Ms: number;
  readonly syncP99Ms: number;
};

/** @param folder on the disk that the stores lie on. */
export async function describeMachine(folder: string): Promise<Machine> {
  const syncs = (await timeSyncs(folder)).toSorted((a, b) => a - b);
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? "unknown",
    memoryGb: Math.round(totalmem() / 1_024 ** 3),
    system: `${platform()} ${/^\d+(\.\d+)*/.exec(release())?.[0] ?? ""}`.trim(),
    node: process.version,
    isPinned: canPin,
    syncP50Ms: syncs[Math.floor(SYNCS * 0.5)] ?? Number.NaN,
    syncP99Ms: syncs[Math.floor(SYNCS * 0.99)] ?? Number.NaN,
  };
}

const SYNCS = 200;
const BLOCK_BYTES = 4_096;

async function timeSyncs(folder: string): Promise<readonly number[]> {
  const path = join(folder, `sync-${process.pid}`);
  const file = await open(path, "w");
  const times: number[] = [];
  try {
    for (let n = 0; n < SYNCS; n += 1) {
      const start = performance.now();
      await file.write(Buffer.alloc(BLOCK_BYTES, n), 0, BLOCK_BYTES, n * BLOCK_BYTES);
      await file.datasync();
      times.push(performance.now() - start);
    }
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
  return times;
}
