import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig, settingsHelp } from "./config.ts";
import { SettingError } from "./setting.ts";
import { temporaryPlace } from "../testing/place.ts";

const SECRET = "s".repeat(32);
const production = { CARILLON_TOKEN_KEYS: `main:${SECRET}` };

describe("the settings", () => {
  it("have defaults for everything but the keys", () => {
    expect(readConfig(production)).toMatchObject({
      mode: "production",
      host: "127.0.0.1",
      port: 9501,
      store: { engine: "sqlite", file: "./data/carillon.db" },
      redisDurability: "everysec",
      origins: [],
      connections: "all",
      tutorialKey: undefined,
    });
  });

  it.each(["redis://127.0.0.1:6379", "rediss://user:secret@redis.example:6380/2"])(
    "take a store on Redis: %s",
    (url) => {
      expect(readConfig({ ...production, CARILLON_STORE: url }).store).toEqual({ engine: "redis", url });
    },
  );

  it("do not repeat a store's URL that is wrong: it may hold a password", () => {
    const CARILLON_STORE = "redi://user:secret@redis.example";
    expect(() => readConfig({ ...production, CARILLON_STORE })).toThrow(/^CARILLON_STORE must be(?!.*secret)/u);
  });

  it("refuse to start in production without keys, and say what to set", () => {
    expect(() => readConfig({})).toThrow(
      /CARILLON_TOKEN_KEYS is not set[^]*export CARILLON_TOKEN_KEYS=main:\$\(openssl/u,
    );
  });

  it("need no keys in demo mode", () => {
    expect(readConfig({ CARILLON_MODE: "demo" }).tokenKeys[0]?.kid).toBe("demo");
  });

  it("refuse the keys that everybody knows in production", () => {
    const [key] = readConfig({ CARILLON_MODE: "demo" }).tokenKeys;
    const known = `main:${new TextDecoder().decode(key?.secret)}`;
    expect(() => readConfig({ CARILLON_TOKEN_KEYS: known })).toThrow(/everybody knows/u);
  });

  it("need no keys where an identity provider has them; both may be set", () => {
    const provider = { CARILLON_TOKEN_JWKS_URL: "https://idp.example/jwks" };
    expect(readConfig(provider)).toMatchObject({ tokenKeys: [], keySetUrl: new URL("https://idp.example/jwks") });
    expect(readConfig({ ...production, ...provider }).tokenKeys).toHaveLength(1);
  });

  it.each(["http://localhost:8080/jwks", "http://127.1/jwks", "http://[::1]:1/"])(
    "take the provider's keys over http from this machine: %s",
    (url) => expect(readConfig({ CARILLON_TOKEN_JWKS_URL: url }).keySetUrl?.protocol).toBe("http:"),
  );

  it("take several issuers, or none", () => {
    expect(readConfig(production).issuers).toEqual([]);
    const CARILLON_TOKEN_ISSUER = "https://site.example, https://idp.example/";
    expect(readConfig({ ...production, CARILLON_TOKEN_ISSUER }).issuers).toEqual([
      "https://site.example",
      "https://idp.example/",
    ]);
  });

  it("keep of an API key its hash alone; several of one name; none is none", () => {
    expect(readConfig(production).apiKeys).toEqual([]);
    const { apiKeys } = readConfig({
      ...production,
      CARILLON_API_KEYS: `shop:${SECRET},shop:${SECRET}2,ci:${SECRET}3`,
    });
    expect(apiKeys.map(({ name }) => name)).toEqual(["shop", "shop", "ci"]);
    expect(JSON.stringify(apiKeys)).not.toContain(SECRET);
  });

  it("know an API key in demo mode, and refuse it in production", () => {
    expect(readConfig({ CARILLON_MODE: "demo" }).apiKeys).toMatchObject([{ name: "demo" }]);
    expect(() =>
      readConfig({ ...production, CARILLON_API_KEYS: "mine:carillon-demo-api-key-that-everybody-knows" }),
    ).toThrow(/CARILLON_API_KEYS holds a key that everybody knows/u);
  });

  it("take several keys, the first of which signs", () => {
    const { tokenKeys } = readConfig({ CARILLON_TOKEN_KEYS: `new:${SECRET},old:${SECRET}x` });
    expect(tokenKeys.map(({ kid }) => kid)).toEqual(["new", "old"]);
  });

  it.each([
    ["CARILLON_TOKEN_KEYS", "main:tooshort"],
    ["CARILLON_TOKEN_KEYS", SECRET],
    ["CARILLON_API_KEYS", "shop:tooshort"],
    ["CARILLON_API_KEYS", SECRET],
    ["CARILLON_API_KEYS", `shop:${SECRET},`],
    ["CARILLON_API_KEYS", `a:b:${SECRET},x y:${SECRET}`],
    ["CARILLON_API_RATE", "0"],
    ["CARILLON_TOKEN_KEYS", `main:${SECRET},,`],
    ["CARILLON_TOKEN_JWKS_URL", ""],
    ["CARILLON_TOKEN_JWKS_URL", "keys.json"],
    ["CARILLON_TOKEN_JWKS_URL", "http://idp.example/jwks"],
    ["CARILLON_TOKEN_JWKS_URL", "http://localhost.example/jwks"],
    ["CARILLON_TOKEN_JWKS_URL", "http://127.0.0.1.example/jwks"],
    ["CARILLON_TOKEN_JWKS_URL", "file:///etc/keys.json"],
    ["CARILLON_TOKEN_JWKS_URL", "https://name:word@idp.example/jwks"],
    ["CARILLON_MODE", "staging"],
    ["CARILLON_PORT", "65536"],
    ["CARILLON_PORT", "-1"],
    ["CARILLON_PORT", "9501.5"],
    ["CARILLON_PORT", ""],
    ["CARILLON_STORE", "postgres://x"],
    ["CARILLON_STORE", "sqlite:"],
    ["CARILLON_STORE", "redis:"],
    ["CARILLON_REDIS_PREFIX", "a:{b}"],
    ["CARILLON_REDIS_DURABILITY", "often"],
    ["CARILLON_CONNECTIONS", "some"],
    ["CARILLON_PING_INTERVAL", "0"],
    ["CARILLON_TRUSTED_PROXIES", "proxy.example"],
    ["CARILLON_TRUSTED_PROXIES", "10.0.0.0/33"],
    ["CARILLON_TRUSTED_PROXIES", "10.0.0.0/8/8"],
    ["CARILLON_TRUSTED_PROXIES", "fe80::1%eth0"],
    ["CARILLON_CONNECTIONS_PER_USER", "0"],
    ["CARILLON_CONNECTIONS_PER_ADDRESS", "0"],
    ["CARILLON_UNAUTHENTICATED_PER_ADDRESS", "many"],
    ["CARILLON_CONNECTIONS_PER_PROCESS", "-1"],
    ["CARILLON_SENDS_AT_ONCE", "0"],
    ["CARILLON_SENDS_PER_SECOND", "1.5"],
    ["CARILLON_TUTORIAL_KEY", ""],
    ["CARILLON_ORIGINS", "site.example"],
    ["CARILLON_ORIGINS", "https://site.example/path"],
  ])("say which one is wrong: %s=%s", (name, value) => {
    expect(() => readConfig({ ...production, [name]: value })).toThrow(SettingError);
    expect(() => readConfig({ ...production, [name]: value })).toThrow(name);
  });

  it("never repeat a secret in what they say", () => {
    expect(() => readConfig({ CARILLON_TOKEN_KEYS: "main:hunter2" })).toThrow(expect.not.stringContaining("hunter2"));
  });

  it("read a secret from a file, whose own variable wins", async () => {
    const place = await temporaryPlace();
    const file = join(place.path, "keys");
    await writeFile(file, `filed:${SECRET}\n`);
    expect(readConfig({ CARILLON_TOKEN_KEYS_FILE: file }).tokenKeys[0]?.kid).toBe("filed");
    expect(readConfig({ ...production, CARILLON_TOKEN_KEYS_FILE: file }).tokenKeys[0]?.kid).toBe("main");
    expect(() => readConfig({ CARILLON_TOKEN_KEYS_FILE: `${file}x` })).toThrow("CARILLON_TOKEN_KEYS_FILE");
    await place.remove();
  });

  it("are all in the help, once, each at the head of what it means", () => {
    const asked = new Set<string>();
    const env = new Proxy<Record<string, string>>(production, {
      get: (settings, name) => {
        asked.add(String(name).replace(/_FILE$/u, ""));
        return settings[String(name)];
      },
    });
    readConfig(env);
    expect(asked.size).toBeGreaterThan(20);
    const shown = [...settingsHelp().matchAll(/^ {2}(CARILLON_\w+) +\S/gmu)].map(([, name]) => name);
    expect([new Set(shown), shown.length]).toEqual([asked, asked.size]);
  });

  it("stand in the help in groups, in two columns, on lines that fit a terminal", () => {
    const lines = settingsHelp().split("\n");
    const titles = lines.filter((line) => /^\S/u.test(line));
    expect(titles.slice(0, 3)).toEqual(["Server", "Tokens of users", "HTTP API for backends"]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
    const described = lines.filter((line) => line.startsWith("  "));
    expect(new Set(described.map((line) => /^(?: {2}\w+)? +/u.exec(line)?.[0].length)).size).toBe(1);
  });

  it("that the README names are in the help", async () => {
    const readme = await readFile(new URL("../../../../README.md", import.meta.url), "utf8");
    const named = new Set(readme.match(/CARILLON_\w+/gu));
    for (const own of ["SEED", "FAULTS", "CHROMIUM", "CHROMIUM_SHELL", "TEST_REDIS"]) named.delete(`CARILLON_${own}`); // The tests'.
    expect([...named].filter((name) => !settingsHelp().includes(name))).toEqual([]);
  });
});
