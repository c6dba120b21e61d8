import { expect, test } from "vitest";
import { askDemoToken, demoTokens, handedToken } from "./token.ts";

const answering = (status: number, body: unknown) => async () => Response.json(body, { status });

test("a demo hub grants a token to a name", async () => {
  const asked: unknown[] = [];
  const hub: typeof fetch = async (url, init) => {
    asked.push(url, init?.method, init?.body);
    return Response.json({ uid: "100", token: "a.b.c" });
  };
  expect(await askDemoToken("100", hub)).toEqual({ at: "granted", token: "a.b.c" });
  expect(asked).toEqual(["/v1/demo/session", "POST", '{"uid":"100"}']);
});

test("a hub without demo sign-in is told from one that says no", async () => {
  expect(await askDemoToken("100", answering(404, {}))).toEqual({ at: "notOffered" });
  expect(await askDemoToken("100", answering(400, { code: "invalidUid" }))).toEqual({ at: "refused" });
});

test("trouble of the hub, of the way to it or of its answer can pass", async () => {
  const cut = () => Promise.reject(new TypeError("Failed to fetch"));
  for (const hub of [answering(503, {}), answering(429, {}), answering(200, { tok: 1 }), answering(200, null), cut]) {
    expect(await askDemoToken("100", hub)).toEqual({ at: "unreachable" });
  }
  expect(await askDemoToken("100", async () => new Response("<html>"))).toEqual({ at: "unreachable" });
});

test("a token of a demo hub serves all connections until the hub, or this machine's clock, calls it expired", async () => {
  const [lasting, over] = [unsigned(Date.now() + 60_000), unsigned(Date.now() - 1)];
  const tokens = demoTokens("100", { at: "granted", token: lasting }, answering(200, { token: over }));
  expect(await tokens("connect")).toEqual({ at: "granted", token: lasting });
  expect(await tokens("connect")).toEqual({ at: "granted", token: lasting });
  expect(await tokens("replace")).toEqual({ at: "granted", token: over });
  const again = demoTokens("100", { at: "granted", token: over }, answering(200, { token: lasting }));
  expect(await again("connect")).toEqual({ at: "granted", token: lasting });
});

test("[P17] a renewal that fails takes nothing away", async () => {
  const tokens = demoTokens("100", { at: "granted", token: "first" }, answering(503, {}));
  expect(await tokens("renew")).toEqual({ at: "unreachable" });
  expect(await tokens("connect")).toEqual({ at: "granted", token: "first" });
});

test("a hub that could not be reached is asked again", async () => {
  const late = demoTokens("100", { at: "unreachable" }, answering(200, { token: "next" }));
  expect(await late("connect")).toEqual({ at: "granted", token: "next" });
});

test("[P17] a renewal gets another token of the demo hub, also right after the sign-in", async () => {
  const tokens = demoTokens("100", { at: "granted", token: "first" }, answering(200, { token: "next" }));
  expect(await tokens("renew")).toEqual({ at: "granted", token: "next" });
  expect(await tokens("connect")).toEqual({ at: "granted", token: "next" });
});

/** A token as a browser reads it. */
function unsigned(expiresAt: number): string {
  const part = (claims: object) => btoa(JSON.stringify(claims)).replaceAll("=", "");
  return `${part({ alg: "HS256" })}.${part({ sub: "100", exp: expiresAt / 1_000 })}.x`;
}

test("a token that was handed over holds until the hub calls it expired, and nothing renews it", async () => {
  const tokens = handedToken("a.b.c");
  expect(await tokens("connect")).toEqual({ at: "granted", token: "a.b.c" });
  expect(await tokens("renew")).toEqual({ at: "expired" });
  expect(await tokens("replace")).toEqual({ at: "expired" });
});
