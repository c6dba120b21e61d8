import { connect } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_API_SECRET, startTestHub, type TestHub } from "../../testing/test-hub.ts";

const SECRET_TEXT = "a text that nobody else may read";
let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

const authorization = `Bearer ${DEMO_API_SECRET}`;
const json = { authorization, "content-type": "application/json" };

async function problemOf(path: string, init: RequestInit = {}, at = hub) {
  const response = await fetch(at.url + path, init);
  const body = (await response.json()) as { code: string };
  expect(body).toMatchObject({ code: expect.any(String), message: expect.any(String), docs: `/docs#${body.code}` });
  return { status: response.status, code: body.code, headers: response.headers };
}

/** A request whose target stands on the line as it is: no client tidies it up. */
async function raw(lines: string): Promise<string> {
  const { hostname, port } = new URL(hub.url);
  const socket = connect(Number(port), hostname);
  socket.write(`${lines}\r\nHost: hub\r\nConnection: close\r\n\r\n`);
  return textOf(socket);
}

describe("who may ask", () => {
  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    `Basic ${DEMO_API_SECRET}`,
    DEMO_API_SECRET,
    `Bearer ${DEMO_API_SECRET}x`,
    `Bearer ${DEMO_API_SECRET.slice(1)}`,
    `Bearer ${DEMO_API_SECRET} x`,
    `Bearer demo:${DEMO_API_SECRET}`,
    `Bearer ${"x".repeat(8_000)}`,
  ])("not with %j", async (header) => {
    const headers: Record<string, string> = header === undefined ? {} : { authorization: header };
    const { status, code, headers: answered } = await problemOf("/v1/users/101/counts", { headers });
    expect([status, code, answered.get("www-authenticate")]).toEqual([401, "unauthorized", "Bearer"]);
  });

  it("not with a user's token, and its body is not even read", async () => {
    const headers = { authorization: `Bearer ${await hub.token("101")}`, "content-type": "application/json" };
    const { status } = await problemOf("/v1/notifications", { method: "POST", headers, body: "{ no JSON" });
    expect(status).toBe(401);
  });

  it("nobody where no keys are set, and the answer says which setting it is", async () => {
    const production = await startTestHub({
      CARILLON_MODE: "production",
      CARILLON_TOKEN_KEYS: `main:${"k".repeat(32)}`,
    });
    const { status, code } = await problemOf("/v1/users/101/counts", { headers: { authorization } }, production);
    expect([status, code]).toEqual([404, "apiOff"]);
    await production.close();
  });
});

describe("what cannot be asked", () => {
  it.each([
    ["GET", "/v1/nothing"],
    ["GET", "/v1/users"],
    ["GET", "/v1/users/101/counts/more"],
    ["GET", "/v1/users/101/constructor"],
    ["POST", "/__proto__"],
    ["GET", "/V1/users/101/counts"],
  ])("404: %s %s", async (method, path) => {
    expect(await problemOf(path, { method, headers: { authorization } })).toMatchObject({
      status: 404,
      code: "notFound",
    });
  });

  it.each([
    ["PUT", "/v1/notifications", "POST"],
    ["GET", "/v1/notifications", "POST"],
    ["POST", "/v1/notifications/a", "DELETE, PATCH"],
    ["DELETE", "/v1/users/101/log", "GET, HEAD"],
    ["POST", "/healthz", "GET, HEAD"],
    ["GET", "/v1/demo/session", "POST"],
  ])("405: %s %s, and Allow says %s", async (method, path, allow) => {
    const { status, code, headers } = await problemOf(path, { method, headers: { authorization } });
    expect([status, code, headers.get("allow")]).toEqual([405, "methodNotAllowed", allow]);
  });

  it.each([
    undefined,
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/html",
  ])("415: a body of type %s", async (type) => {
    const headers: Record<string, string> =
      type === undefined ? { authorization } : { authorization, "content-type": type };
    const body = new TextEncoder().encode('{"to":"a","text":"x"}');
    expect(await problemOf("/v1/notifications", { method: "POST", headers, body })).toMatchObject({
      status: 415,
      code: "unsupportedMediaType",
    });
  });

  it("413: a body that is too large for its route", async () => {
    const body = JSON.stringify({ text: "x".repeat(600_000) });
    for (const path of ["/v1/notifications", "/v1/users/101/marks"])
      expect(await problemOf(path, { method: "POST", headers: json, body })).toMatchObject({
        status: 413,
        code: "tooLarge",
      });
  });

  it.each(["", "{", "null", "[]", '"x"', "1e400", "[".repeat(100_000), `{"a":${"[".repeat(9_000)}`])(
    "400: a body that is not what it must be: %j",
    async (body) => {
      const { status, code } = await problemOf("/v1/notifications", { method: "POST", headers: json, body });
      expect([status, code]).toEqual([400, "badRequest"]);
    },
  );

  it.each([
    '{"__proto__":{"admin":true},"to":"a","text":"x"}',
    '{"to":"a","text":"x","data":{"__proto__":{"admin":true}}}',
    '{"to":"a","text":"x","constructor":{"prototype":{"admin":true}}}',
  ])("400: %s, and no prototype is touched", async (body) => {
    const { status } = await problemOf("/v1/notifications", { method: "POST", headers: json, body });
    expect([status, Object.hasOwn(Object.prototype, "admin")]).toEqual([400, false]);
  });

  it("422: data that reaches for a prototype in a way that JSON knows nothing of", async () => {
    const body = '{"to":"a","text":"x","data":{"prototype":{"admin":true}}}';
    expect(await problemOf("/v1/notifications", { method: "POST", headers: json, body })).toMatchObject({
      status: 422,
      code: "invalidData",
    });
  });

  it.each([
    "GET /../../etc/passwd HTTP/1.1",
    "GET /docs/../../../etc/passwd HTTP/1.1",
    "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
    "GET /..%2f..%2fetc%2fpasswd HTTP/1.1",
    "GET /..%5c..%5cetc%5cpasswd HTTP/1.1",
    "GET /%252e%252e%252fetc%252fpasswd HTTP/1.1",
    "GET /docs.css%00.json HTTP/1.1",
    "GET /%zz HTTP/1.1",
    "GET /v1/users/%ff/counts HTTP/1.1",
    "GET http://evil.example/etc/passwd HTTP/1.1",
    "GET //evil.example/etc/passwd HTTP/1.1",
  ])("never outside of what is served: %s", async (line) => {
    const answer = await raw(line);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|401|403|404) /u);
    expect(answer).toContain('"docs":"/docs#');
    expect(answer).not.toContain("root:");
  });

  it("[P5] a uid in a path is one part, whatever is in it: ../, a slash, a star, 128 bytes that are escaped", async () => {
    for (const uid of ["../x", "a/b", "*", ":uid", "é".repeat(64), "%2F", "?", "#"]) {
      const body = JSON.stringify({ to: uid, text: "x" });
      await fetch(`${hub.url}/v1/notifications`, { method: "POST", headers: json, body });
      const counts = await fetch(`${hub.url}/v1/users/${encodeURIComponent(uid)}/counts`, {
        headers: { authorization },
      });
      expect([uid, await counts.json()]).toEqual([uid, { unseen: 1, unread: 1, asOf: 1 }]);
    }
  });

  it.each(["a%00b", "%ED%A0%80", "x".repeat(129)])("400 or 404: /v1/users/%s/log", async (uid) => {
    const { status } = await problemOf(`/v1/users/${uid}/log`, { headers: { authorization } });
    expect([400, 404]).toContain(status);
  });
});

describe("how much may be asked", () => {
  it("429 with the headers that say when, for this key alone, and who has none is counted apart", async () => {
    const busy = await startTestHub({ CARILLON_API_RATE: "3", CARILLON_API_KEYS: `other:${"o".repeat(32)}` });
    const ask = (secret: string) =>
      fetch(`${busy.url}/v1/users/101/counts`, { headers: { authorization: `Bearer ${secret}` } });
    const remaining: (string | null)[] = [];
    for (let n = 0; n < 3; n++) remaining.push((await ask(DEMO_API_SECRET)).headers.get("ratelimit-remaining"));
    expect(remaining).toEqual(["2", "1", "0"]);
    const refused = await ask(DEMO_API_SECRET);
    expect([refused.status, refused.headers.get("ratelimit-limit")]).toEqual([429, "3"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(refused.headers.get("ratelimit-reset"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: "tooManyRequests", retryAfter: expect.any(Number) });
    expect((await ask("o".repeat(32))).status).toBe(200);
    expect((await ask("nobody's")).status).toBe(401);
    await busy.close();
  });
});

describe("what nobody learns", () => {
  it("no key and no text stands in any log, whatever went wrong", async () => {
    const bodies = [
      { to: "log", text: SECRET_TEXT },
      { to: "log", text: SECRET_TEXT, slip: SECRET_TEXT },
      { text: SECRET_TEXT },
    ];
    for (const body of [...bodies.map((one) => JSON.stringify(one)), `{"text":"${SECRET_TEXT}`])
      await fetch(`${hub.url}/v1/notifications`, { method: "POST", headers: json, body });
    await fetch(`${hub.url}/v1/users/log/log`, { headers: { authorization } });
    const logs = hub.logs.join("\n");
    expect(logs).toContain("listening");
    expect(logs).not.toContain(SECRET_TEXT);
    expect(logs).not.toContain(DEMO_API_SECRET);
  });

  it("a refusal repeats nothing of a body that is no JSON", async () => {
    const response = await fetch(`${hub.url}/v1/notifications`, {
      method: "POST",
      headers: json,
      body: `{"text":"${SECRET_TEXT}`,
    });
    expect(await response.text()).not.toContain("nobody else");
  });
});
