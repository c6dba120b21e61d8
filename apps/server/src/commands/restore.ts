import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { storeParts } from "../inbox/sqlite/parts.ts";
import { whileAlone } from "./alone.ts";
import { copyStore, sentence, synced } from "./copy.ts";
import { OperatorError, runCommand, storeFile, usage } from "./operator.ts";

/** `pnpm restore FILE [--replace]`: puts a backup in the place of CARILLON_STORE, as an incarnation of its own (P29). */
await runCommand(async () => {
  const { file, replace } = args();
  const store = storeFile(process.env);
  if (storeParts(store).some(existsSync) && !replace)
    throw new OperatorError(
      `${store} exists. To put the backup in its place: stop the hub, and say --replace. The old store is kept.`,
    );

  await mkdir(dirname(store), { recursive: true });
  const restored = `${store}.restored`;
  const holding = await copyStore(file, restored);
  try {
    const kept = await whileAlone(store, () => replaced(store, restored));
    return `${store}: ${sentence(holding)}, verified.${kept === undefined ? "" : ` The old store is ${kept}.`}`;
  } finally {
    await rm(restored, { force: true });
  }
});

function args(): { file: string; replace: boolean } {
  const form = "pnpm restore FILE [--replace]";
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { replace: { type: "boolean" } } });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw usage(form);
    return { file, replace: values.replace ?? false };
  } catch (error) {
    throw error instanceof TypeError ? usage(form) : error;
  }
}

/** Puts the restored store in its place; where the old one is now, if there was one. */
async function replaced(store: string, restored: string): Promise<string | undefined> {
  const kept = storeParts(store).some(existsSync) ? await moveAside(store) : undefined;
  await rename(restored, store);
  await synced(dirname(store));
  return kept;
}

/**
 * Moves the store with all that belongs to it: a write-ahead log that stayed would be played into the store that comes, and a
 * count of commits that stayed is not that store's.
 */
async function moveAside(store: string): Promise<string> {
  const kept = `${store}.replaced-${new Date().toISOString().replaceAll(":", "-")}`;
  for (const [n, part] of storeParts(store).entries())
    if (existsSync(part)) await rename(part, storeParts(kept)[n] ?? kept);
  return kept;
}
