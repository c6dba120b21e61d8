import { readToken } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

const post = (body: string, headers = { "content-type": "application/json" }) =>
  fetch(`${hub.url}/v1/demo/session`, { method: "POST", body, headers });

describe("demo sign-in", () => {
  it("gives whoever asks a token that the hub accepts, and lets nobody keep it in a cache", async () => {
    const response = await post('{"uid":"100"}');
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const { uid, token } = (await response.json()) as { uid: string; token: string };
    expect([uid, readToken(token)?.uid]).toEqual(["100", "100"]);
    expect(await (await hub.line()).hello(token)).toMatchObject({ type: "welcome", uid: "100" });
  });

  it.each([
    "{}",
    '{"uid":""}',
    '{"uid":"app:shop"}',
    '{"uid":5}',
    '{"uid":"a\\u0000"}',
    "[]",
    "null",
    `{"uid":"${"x".repeat(129)}"}`,
  ])("answers %s with 400 and a code", async (body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      code: "invalidUid",
      message: expect.any(String),
      docs: "/docs#invalidUid",
    });
  });

  it("answers what is not JSON, or too much of it, with its status and a code", async () => {
    expect((await post("{")).status).toBe(400);
    expect((await post("x", { "content-type": "text/plain" })).status).toBe(415);
    expect((await post(`{"uid":"${"x".repeat(20_000)}"}`)).status).toBe(413);
  });

  it("is not there in production", async () => {
    const production = await startTestHub({
      CARILLON_MODE: "production",
      CARILLON_TOKEN_KEYS: `main:${"k".repeat(32)}`,
    });
    const response = await fetch(`${production.url}/v1/demo/session`, { method: "POST", body: "{}" });
    expect(response.status).toBe(404);
    await production.close();
  });
});

describe("every answer", () => {
  it("tells that the hub is well", async () => {
    const response = await fetch(`${hub.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
  });

  it("of an unknown path is a JSON 404", async () => {
    const response = await fetch(`${hub.url}/v1/nothing`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { code: "notFound", message: "There is nothing here.", docs: "/docs#notFound" },
    ]);
  });

  it("carries a content security policy that allows no inline script or style", async () => {
    const policy = (await fetch(`${hub.url}/healthz`)).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("unsafe");
  });
});
