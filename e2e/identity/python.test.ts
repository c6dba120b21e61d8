import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Close } from "@carillon/protocol";
import { mintToken } from "@carillon/protocol/token";
import { SocketLine } from "@carillon/server/testing/socket-line.ts";
import { startTestHub, type TestHub } from "@carillon/server/testing/test-hub.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { debianPart } from "../machine/debian.ts";

const KEY = { kid: "python", secret: "a-key-that-python-and-the-hub-share" };
const PYTHON = spawnSync("python3", ["--version"]).status === 0;
if (!PYTHON) console.warn("There is no python3: tokens of its library are not tried.");
const library = PYTHON ? debianPart("python3-jwt") : undefined;

type Tokens = Readonly<Record<"accepted" | "expired" | "refused", Readonly<Record<string, string>>>>;

/** Tokens of another language's library, as a backend that is not in TypeScript makes them. */
describe.skipIf(library === undefined)("PyJWT, as Debian has it", () => {
  let hub: TestHub;
  let minted: Tokens & { readonly read: unknown };
  beforeAll(async () => {
    hub = await startTestHub({ CARILLON_TOKEN_KEYS: `${KEY.kid}:${KEY.secret}` });
    minted = mintWithPython(await ourOwn());
  }, 60_000);
  afterAll(() => hub.close());

  const answerTo = async (token: string) => {
    const line = await SocketLine.open(`${hub.url.replace("http", "ws")}/v1/socket`);
    const answer = Object(await line.hello(token));
    line.socket.close();
    return "closed" in answer ? line.closed : answer;
  };

  test("[P16] its tokens are accepted", async () => {
    expect(Object.keys(minted.accepted)).toHaveLength(6);
    for (const [what, token] of Object.entries(minted.accepted))
      expect(await answerTo(token), what).toMatchObject({ type: "welcome", uid: "101" });
  });

  test("[P16] its adversarial ones are refused, all alike", async () => {
    expect(Object.keys(minted.refused)).toHaveLength(18);
    for (const [what, token] of Object.entries(minted.refused))
      expect(await answerTo(token), what).toEqual(Close.tokenRefused);
  });

  test("[P16] its expired one may come back with another", async () => {
    for (const token of Object.values(minted.expired)) expect(await answerTo(token)).toEqual(Close.tokenExpired);
  });

  test("[P16] it reads ours", () => {
    expect(minted.read).toMatchObject({ sub: "日本", aud: "carillon", send_to: ["101"], jti: expect.any(String) });
  });
});

function ourOwn(): Promise<string> {
  const key = { kid: KEY.kid, secret: new TextEncoder().encode(KEY.secret) };
  return mintToken("日本", { key, audience: "carillon", sendTo: ["101"] });
}

function mintWithPython(token: string): Tokens & { readonly read: unknown } {
  const { stdout, stderr } = spawnSync("python3", [join(import.meta.dirname, "tokens.py")], {
    env: { ...process.env, PYTHONPATH: join(library ?? "", "usr/lib/python3/dist-packages") },
    input: JSON.stringify({ key: KEY.secret, kid: KEY.kid, token }),
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(`Python minted nothing:\n${stderr}`);
  return JSON.parse(stdout);
}
