import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../../../../e2e/machine/port.ts";
import { RedisServer } from "../../../../../e2e/machine/redis.ts";
import { guarded, PASSWORD } from "../../testing/entry.ts";
import { temporaryPlace } from "../../testing/place.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import { startTestHub } from "../../testing/test-hub.ts";
import { draft } from "../contract/bench.ts";

let folder: Awaited<ReturnType<typeof temporaryPlace>>;
let at: Awaited<ReturnType<typeof guarded>>;
let server: RedisServer;
beforeAll(async () => {
  folder = await temporaryPlace();
  at = await guarded(folder.path);
  const port = await freePort();
  server = await RedisServer.startOn(port, ...at.entry.server(port));
}, 120_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await folder.remove();
});

function secure(user?: string, password?: string): string {
  const login = user === undefined ? "" : `${user}${password === undefined ? "" : `:${password}`}@`;
  return `rediss://${login}127.0.0.1:${server.port}`;
}

describe("a server that lets only some in, over TLS", { timeout: 30_000 }, () => {
  it.each<readonly [what: string, url: () => string, password: string | undefined]>([
    ["the password beside the URL", () => secure(), PASSWORD],
    ["user and password in the URL", () => secure("hub", PASSWORD), undefined],
    ["the user in the URL, the password beside it", () => secure("hub"), PASSWORD],
  ])("is entered with %s", async (_what, url, password) => {
    const inbox = await redisPlace({ url: url() }, { password, ca: at.ca }).open();
    expect(await inbox.commit([draft("100", "101", "d1")])).toMatchObject([{ outcome: "stored" }]);
    await inbox.close();
  });

  it.each<readonly [what: string, options: () => { url: string; password?: string; ca?: string }, said: RegExp]>([
    ["an authority that nobody trusts", () => ({ url: secure(), password: PASSWORD }), /certificate/u],
    ["a wrong password", () => ({ url: secure("hub", "wrong"), ca: at.ca }), /WRONGPASS/u],
    ["no password", () => ({ url: secure(), ca: at.ca }), /NOAUTH/u],
    ["no TLS", () => ({ url: `redis://127.0.0.1:${server.port}`, password: PASSWORD }), /closed|ECONNRESET/iu],
  ])("is not entered with %s, and the message holds no secret", async (_what, options, said) => {
    const { url, ...more } = options();
    const opened = await redisPlace({ url }, { ...more, patience: 1_000 })
      .open()
      .catch((error: unknown) => error);
    expect(opened).toBeInstanceOf(Error);
    expect(String(opened)).toMatch(said);
    expect(String(opened)).not.toMatch(/s3cret|wrong(?!pass)/u);
  });

  it("a hub lives there as a user that may do only what it needs, says no secret, and rings", async () => {
    const settings = { CARILLON_STORE: secure("hub", PASSWORD), CARILLON_REDIS_CA: at.authority };
    const hubs = [await startTestHub(settings), await startTestHub(settings)] as const;
    const [author, reader] = [await hubs[0].tab("100"), await hubs[1].tab("101")];
    author.send({ type: "send", id: "d1", to: "101", text: "…" });
    expect(await reader.next()).toMatchObject({ type: "entries", entries: [{ id: "d1" }] });
    for (const hub of hubs) {
      await hub.close();
      expect(hub.logs.join("\n")).not.toContain(PASSWORD);
    }
  });
});
