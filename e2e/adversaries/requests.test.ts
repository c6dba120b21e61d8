import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMIT_MS, size } from "../faults/long.ts";
import { type Headers, request } from "./raw/http.ts";
import { RawPeer } from "./raw/peer.ts";
import { Siege } from "./siege.ts";

let siege: Siege;
beforeAll(async () => (siege = await Siege.afterCalm(size(50, 3_000))), LIMIT_MS);
afterAll(() => siege[Symbol.asyncDispose]());

const PATH = "/v1/demo/session";
const JSON_TYPE = ["Content-Type", "application/json"] as const;
const BODY = '{"uid":"100"}';
const SECOND = request({ target: "/healthz" });

describe("requests of which one could be two", { timeout: LIMIT_MS, repeats: size(0, 19) }, () => {
  const chunked = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
  const cases: readonly (readonly [what: string, headers: Headers, body: string])[] = [
    [
      "a length and chunks",
      [
        ["Content-Length", "13"],
        ["Transfer-Encoding", "chunked"],
      ],
      chunked,
    ],
    [
      "chunks and a length",
      [
        ["Transfer-Encoding", "chunked"],
        ["Content-Length", "13"],
      ],
      chunked,
    ],
    [
      "two lengths",
      [
        ["Content-Length", "13"],
        ["Content-Length", "0"],
      ],
      BODY,
    ],
    ["two lengths in a line", [["Content-Length", "13, 13"]], BODY],
    ["a length of +13", [["Content-Length", "+13"]], BODY],
    ["a length of -13", [["Content-Length", "-13"]], BODY],
    ["a length of 0xd", [["Content-Length", "0xd"]], BODY],
    ["a length beyond 2^64", [["Content-Length", "99999999999999999999"]], BODY],
    ["chunks that are not the last coding", [["Transfer-Encoding", "chunked, identity"]], chunked],
    ["a coding that nobody knows", [["Transfer-Encoding", "xchunked"]], chunked],
    [
      "a coding behind a tab",
      [
        ["Transfer-Encoding", "\tchunked"],
        ["Content-Length", "13"],
      ],
      chunked,
    ],
    ["a space before a colon", [["Content-Length ", "13"]], BODY],
    [
      "a folded line",
      [
        ["Transfer-Encoding", "\r\n chunked"],
        ["Content-Length", "13"],
      ],
      chunked,
    ],
    ["a line feed within a value", [["X", "1\nContent-Length: 13"]], BODY],
    ["a carriage return within a value", [["X", "1\rContent-Length: 13"]], BODY],
    [
      "NUL within a value",
      [
        ["X", "\0"],
        ["Content-Length", "13"],
      ],
      BODY,
    ],
    ["a chunk of no size", [["Transfer-Encoding", "chunked"]], `x\r\n${BODY}\r\n0\r\n\r\n`],
    ["a chunk of 2^64 bytes", [["Transfer-Encoding", "chunked"]], `10000000000000000\r\n${BODY}`],
    ["a chunk longer than it says", [["Transfer-Encoding", "chunked"]], `1\r\n${BODY}\r\n0\r\n\r\n`],
  ];
  it.each(cases)("%s: 400, and what follows is not answered", async (_what, headers, body) => {
    const bytes = request({ method: "POST", target: PATH, headers: [JSON_TYPE, ...headers], body });
    await siege.during("attack", async () => {
      using peer = await RawPeer.to(siege.port);
      peer.write(Buffer.concat([bytes, SECOND]));
      expect(await peer.response()).toMatchObject({ status: 400 });
      expect(await peer.response()).toBeUndefined();
    });
  });

  it.each([
    ["HTTP/9.9", Buffer.from("GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n")],
    ["line feeds alone", Buffer.from("GET /healthz HTTP/1.1\nHost: a\n\n")],
    ["HTTP/2 at once", Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")],
    ["TLS", Buffer.from("160301020001000001fc0303", "hex")],
    ["no host", request({ target: "/healthz", headers: [["Host", undefined]] })],
    ["a method that is none", request({ method: "DANCE", target: "/healthz" })],
    ["a space in the target", request({ target: "/healthz /x" })],
    ["a control character in the target", request({ target: "/health\u0001z" })],
  ])("%s: 400", async (_what, bytes) => {
    await siege.during("attack", async () => {
      using peer = await RawPeer.to(siege.port);
      peer.write(bytes);
      expect(await peer.response()).toMatchObject({ status: 400 });
    });
  });

  it("proper ones in one packet are answered in their order", async () => {
    const post = { method: "POST", target: PATH, body: BODY };
    const bytes = Buffer.concat([
      SECOND,
      request({ ...post, headers: [JSON_TYPE, ["Content-Length", "13"]] }),
      request({ ...post, headers: [JSON_TYPE, ["Transfer-Encoding", "chunked"]], body: chunked }),
      request({ target: "/v1/nothing" }),
    ]);
    using peer = await RawPeer.to(siege.port);
    peer.write(bytes);
    for (const status of [200, 200, 200, 404]) expect(await peer.response()).toMatchObject({ status });
  });
});

describe("paths that are none", { timeout: LIMIT_MS, repeats: size(0, 19) }, () => {
  it.each([
    "/v1",
    "/v1/",
    "/v1/nothing",
    "/v1/socket",
    "/v1/socket/",
    "/V1/DEMO/SESSION",
    "/v1/demo/session/",
    "/v1/__proto__",
  ])("%s is a JSON 404, whatever is asked of it", async (target) => {
    for (const method of METHODS) expect(await answerTo(method, target)).toMatchObject([404, NOT_FOUND]);
  });

  it.each([
    "//v1/demo/session",
    "/v1/./demo/session",
    "/v1/demo/../demo/session",
    "/v1%2fdemo%2fsession",
    "/v1/demo/session%00",
    "/__proto__",
    "/constructor",
    "/.git/config",
    "/.env",
    "/package.json",
    "/../package.json",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "/..%5cpackage.json",
    "/%252e%252e/package.json",
    "http://127.0.0.1/../package.json",
    "http://evil.example/v1/nothing",
  ])("%s gives nothing, with the page and without", async (target) => {
    for (const method of METHODS) {
      const [status, body] = await answerTo(method, target);
      expect([400, 403, 404]).toContain(status);
      expect(body).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    }
  });
});

it("nobody else noticed any of it, and the hub is whole", { timeout: LIMIT_MS }, () => siege.lift("bad requests"));

const METHODS = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"];
const NOT_FOUND = { code: "notFound", message: "There is nothing here.", docs: "/docs#notFound" };

async function answerTo(method: string, target: string): Promise<readonly [number | undefined, unknown]> {
  const bytes = request({ method, target, headers: [JSON_TYPE, ["Content-Length", "2"]], body: "{}" });
  return siege.during("attack", async () => {
    using peer = await RawPeer.to(siege.port);
    peer.write(bytes);
    const response = await peer.response();
    return [response?.status, JSON.parse(response?.body ?? "null")] as const;
  });
}
