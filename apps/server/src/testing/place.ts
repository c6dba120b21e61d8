import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory of a test's own. */
export async function temporaryPlace(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "carillon-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** For what must not happen in a test. */
export function fail(error: unknown): never {
  throw error;
}
