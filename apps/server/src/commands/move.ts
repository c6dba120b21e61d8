import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Config, readConfig } from "../config/config.ts";
import { parseStoreUrl } from "../config/store-url.ts";
import { InboxUnavailable } from "../hub/ports.ts";
import { DifferentCopy, type Moved, moveAll, type MovingSource } from "../inbox/moving.ts";
import { NotMovable, RedisMoving } from "../inbox/redis/moving.ts";
import { SqliteMoving } from "../inbox/sqlite/moving.ts";
import { storeParts } from "../inbox/sqlite/parts.ts";
import { redisAccess } from "../stores.ts";
import { whileAlone } from "./alone.ts";
import { copyStore, sentence, synced } from "./copy.ts";
import { OperatorError, runCommand, usage } from "./operator.ts";

/** `pnpm move STORE`: fills an empty store, of SQLite or Redis, with all that the one of CARILLON_STORE has, which is of the other. */
await runCommand(async () => {
  const config = readConfig({ ...process.env, CARILLON_MODE: "demo" });
  const target = targetIn(process.argv.slice(2));
  const { store: source } = config;
  if (source.engine === "sqlite" && target.engine === "redis")
    return done(await toRedis(source.file, target.url, config));
  if (source.engine === "redis" && target.engine === "sqlite")
    return done(await toSqlite(source.url, target.file, config));
  throw new OperatorError(
    "A move leads from SQLite to Redis or back. From SQLite to SQLite: pnpm backup, pnpm restore.",
  );
});

function targetIn(words: readonly string[]) {
  const [store, ...more] = words;
  if (store === undefined || more.length > 0 || store.startsWith("-"))
    throw usage("pnpm move STORE (as in CARILLON_STORE)");
  try {
    return parseStoreUrl(store);
  } catch (error) {
    throw new OperatorError(`The store to move to ${error instanceof Error ? error.message : "is wrong"}`, 2);
  }
}

function done(moved: Moved): string {
  const { revocations } = moved;
  return `${sentence(moved)}, ${revocations} ${revocations === 1 ? "revocation" : "revocations"}: moved, read back and compared. The old store is as it was. Set CARILLON_STORE to the new one.`;
}

async function toRedis(file: string, url: string, config: Config): Promise<Moved> {
  const copy = `${file}.moving`;
  await refuseHub(file);
  const commits = commitsOf(file);
  await copyStore(file, copy);
  const source = new SqliteMoving(copy);
  try {
    return await withRedis("target", url, config, async (redis) => {
      const moved = await moveAll(source, redis);
      await refuseHub(file);
      if (commitsOf(file) !== commits)
        throw new OperatorError(`A hub wrote to ${file} meanwhile. Stop it, and move again.`);
      await redis.release();
      return moved;
    });
  } finally {
    source.close();
    await removed(copy);
  }
}

async function toSqlite(url: string, file: string, config: Config): Promise<Moved> {
  if (storeParts(file).some(existsSync)) throw new OperatorError(`${file} exists. A move overwrites nothing.`);
  const partial = `${file}.moving`;
  await mkdir(dirname(file), { recursive: true });
  await removed(partial);
  try {
    const moved = await withRedis("source", url, config, (redis) => intoFile(redis, partial));
    await synced(partial);
    await rename(partial, file);
    await synced(dirname(file));
    return moved;
  } finally {
    await removed(partial);
  }
}

async function intoFile(source: MovingSource, file: string): Promise<Moved> {
  const target = new SqliteMoving(file);
  try {
    return await moveAll(source, target);
  } finally {
    target.close();
  }
}

/** A target whose move fails stays reserved: half an installation is none, and the next move begins by clearing it. */
async function withRedis(
  as: "source" | "target",
  url: string,
  config: Config,
  act: (redis: RedisMoving) => Promise<Moved>,
): Promise<Moved> {
  const { redisPrefix: prefix, redisPatience: patience } = config;
  const redis = await opened(() => RedisMoving.open({ ...redisAccess(url, config), prefix, patience }));
  try {
    await told(() => redis.reserve(as));
    try {
      return await told(() => act(redis));
    } finally {
      if (as === "source") await redis.release();
    }
  } finally {
    redis.close();
  }
}

/** Whatever keeps Redis from being entered is the operator's to mend. */
async function opened<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    throw new OperatorError(`Redis cannot be entered: ${error instanceof Error ? error.message : "it is away"}`);
  }
}

async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const isExpected =
      error instanceof NotMovable || error instanceof InboxUnavailable || error instanceof DifferentCopy;
    throw isExpected ? new OperatorError(error.message) : error;
  }
}

async function refuseHub(file: string): Promise<void> {
  if (!existsSync(file)) throw new OperatorError(`There is no store at ${file}.`);
  await whileAlone(file, async () => {});
}

function commitsOf(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return Number(db.prepare("SELECT commits FROM store").get()?.["commits"]);
  } finally {
    db.close();
  }
}

async function removed(file: string): Promise<void> {
  for (const part of storeParts(file)) await rm(part, { force: true });
}
