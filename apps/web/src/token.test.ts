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

test("each connection to a demo hub gets a token of its own, the first one that of the sign-in", async () => {
  const tokens = demoTokens("100", { at: "granted", token: "first" }, answering(200, { token: "next" }));
  expect(await tokens("connect")).toEqual({ at: "granted", token: "first" });
  expect(await tokens("connect")).toEqual({ at: "granted", token: "next" });
  const late = demoTokens("100", { at: "unreachable" }, answering(200, { token: "next" }));
  expect(await late("connect")).toEqual({ at: "granted", token: "next" });
});

test("[P17] a renewal gets another token of the demo hub, also right after the sign-in", async () => {
  const tokens = demoTokens("100", { at: "granted", token: "first" }, answering(200, { token: "next" }));
  expect(await tokens("connect")).toEqual({ at: "granted", token: "first" });
  expect(await tokens("renew")).toEqual({ at: "granted", token: "next" });
});

test("a token that was handed over holds until the hub calls it expired, and nothing renews it", async () => {
  const tokens = handedToken("a.b.c");
  expect(await tokens("connect")).toEqual({ at: "granted", token: "a.b.c" });
  expect(await tokens("renew")).toEqual({ at: "expired" });
  expect(await tokens("replace")).toEqual({ at: "expired" });
});
