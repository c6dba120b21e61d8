import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of a test's own, gone at the end of its block: `await using place = await temporaryPlace()`. */
export async function temporaryPlace(): Promise<AsyncDisposable & { readonly path: string; readonly store: string }> {
  const path = await mkdtemp(join(tmpdir(), "carillon-faults-"));
  return {
    path,
    /** Where a hub that is started in this folder keeps its logs. */
    store: join(path, "carillon.db"),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
