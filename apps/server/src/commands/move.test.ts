import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { describe, expect, it } from "vitest";
import { temporaryPlace } from "../testing/place.ts";
import { redisForAll } from "../testing/redis-place.ts";
import { startTestHub } from "../testing/test-hub.ts";

const PASSWORD = "moved-in-secret";
const server = redisForAll("--requirepass", PASSWORD);

describe("pnpm move", { timeout: 60_000 }, () => {
  it("moves an installation to Redis and back, and says what it was", async () => {
    await using at = await installation();
    expect(await at.move(at.file, at.redis)).toMatchObject({ code: 0, out: expect.stringMatching(SENTENCE), err: "" });
    const back = `${at.file}-back`;
    expect(await at.move(at.redis, back)).toMatchObject({ code: 0, out: expect.stringMatching(SENTENCE), err: "" });
    const hub = await startTestHub({ CARILLON_STORE: back });
    const tab = await hub.line();
    expect(await tab.hello(await hub.token("101"))).toMatchObject({
      snapshot: { notifications: [{ id: "d1" }] },
      counts: { unread: 1 },
    });
    await hub.close();
  });

  it("overwrites nothing, and moves nothing that a hub has open", async () => {
    await using at = await installation();
    const hub = await startTestHub({ CARILLON_STORE: at.file });
    expect(await at.move(at.file, at.redis)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/A hub has .* open/u),
    });
    await hub.close();
    await at.move(at.file, at.redis);
    expect(await at.move(at.file, at.redis)).toMatchObject({ code: 1, err: expect.stringMatching(/holds an inst/u) });
    expect(await at.move(at.redis, at.file)).toMatchObject({ code: 1, err: expect.stringMatching(/exists/u) });
    const other = await startTestHub({ CARILLON_STORE: at.redis, CARILLON_REDIS_PREFIX: at.prefix });
    const back = `${at.file}-back`;
    expect(await at.move(at.redis, back)).toMatchObject({ code: 1, err: expect.stringMatching(/A hub uses this/u) });
    await other.close();
    expect(existsSync(back.slice("sqlite:".length))).toBe(false);
    expect(await at.move(at.redis, back)).toMatchObject({ code: 0 });
  });

  it("that broke off keeps hubs away, and begins again from nothing", async () => {
    await using at = await installation();
    await at.say("SET", `${at.prefix}:{#0}:moving`, "target");
    await at.say("HSET", `${at.prefix}:{101}:log`, "1", "0 {}");
    await at.say("ZADD", `${at.prefix}:{#3}:users`, "0", "somebody");
    const settings = { CARILLON_STORE: at.redis, CARILLON_REDIS_PREFIX: at.prefix };
    await expect(startTestHub(settings)).rejects.toThrow(/a move broke off/u);
    expect(await at.move(at.redis, `${at.file}-no`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/one half/u),
    });
    expect(await at.move(at.file, at.redis)).toMatchObject({ code: 0, out: expect.stringMatching(SENTENCE) });
    await (await startTestHub(settings)).close();
  });

  it.each([
    [[], /Usage/u],
    [["sqlite:x"], /from SQLite to Redis or back/u],
    [["redis://:secret@"], /must be redis/u],
  ])("%j is refused, without a secret", async (words, said) => {
    const { code, err, out } = await run(words, { CARILLON_STORE: "sqlite:nothing" });
    expect(code).toBeGreaterThan(0);
    expect(err).toMatch(said);
    expect(out + err).not.toMatch(/secret|\n {4}at /u);
  });
});

const SENTENCE = /^2 users, 2 entries, 1 revocation: moved, read back and compared/u;

/** A store of SQLite with something in it, and a place on Redis with nothing. */
async function installation() {
  const place = await temporaryPlace();
  const file = `sqlite:${join(place.path, "carillon.db")}`;
  const prefix = `move-${crypto.randomUUID().slice(0, 8)}`;
  const redis = server().url.replace("//", `//:${PASSWORD}@`);
  const hub = await startTestHub({ CARILLON_STORE: file });
  const tab = await hub.tab("100");
  tab.send({ type: "send", id: "d1", to: "101", text: "…" });
  await tab.next();
  await hub.gate.revoke({ uid: "gone" });
  await hub.close();
  const client = await createClient({ url: redis }).connect();
  return {
    file,
    redis,
    prefix,
    move: (from: string, to: string) => run([to], { CARILLON_STORE: from, CARILLON_REDIS_PREFIX: prefix }),
    say: (...command: readonly string[]) => client.sendCommand(command),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await place.remove();
    },
  };
}

function run(words: readonly string[], settings: Readonly<Record<string, string>>) {
  const program = new URL("move.ts", import.meta.url).pathname;
  const env = { ...process.env, ...settings };
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [program, ...words], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}
