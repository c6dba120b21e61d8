import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenFor } from "../faults/credentials.ts";
import { LIMIT_MS, size } from "../faults/long.ts";
import { frame } from "./raw/frame.ts";
import { type Headers, HOST, request, upgrade } from "./raw/http.ts";
import { RawPeer } from "./raw/peer.ts";
import { Siege } from "./siege.ts";

const SITE = "https://site.example";

let siege: Siege;
let token: string;
beforeAll(async () => {
  token = await tokenFor("mallory");
  siege = await Siege.afterCalm(size(50, 3_000), { CARILLON_ORIGINS: SITE, CARILLON_TUTORIAL_KEY: "a-key" });
}, LIMIT_MS);
afterAll(() => siege[Symbol.asyncDispose]());

describe("an origin that is nobody's", { timeout: LIMIT_MS, repeats: size(0, 19) }, () => {
  const origins: readonly (readonly [what: string, origin: string])[] = [
    ["another site", "https://evil.example"],
    ["a page without one", "null"],
    ["nothing", ""],
    ["a longer name", `${SITE}.evil.example`],
    ["a name before it", `https://evil-site.example`],
    ["a subdomain", "https://evil.site.example"],
    ["another port", `${SITE}:8443`],
    ["another scheme", SITE.replace("https", "http")],
    ["its name within a path", `https://evil.example/${SITE}`],
    ["its name as a user", `https://site.example@evil.example`],
    ["a user before it", `https://evil@site.example`],
    ["a path behind it", `${SITE}/`],
    ["a dot behind it", `${SITE}.`],
    ["another case", SITE.toUpperCase()],
    ["two in one line", `${SITE}, https://evil.example`],
    ["the hub's name, another port", `http://${HOST}:81`],
    ["the hub's name, a user before it", `http://evil@${HOST}`],
    ["the hub's name, a path behind it", `http://${HOST}/`],
    ["the hub's name, another scheme", `ftp://${HOST}`],
    ["a longer name than the hub's", `http://${HOST}.evil.example`],
    ["a file", "file://"],
    ["no URL", "evil"],
  ];
  it.each(origins)("[P1] %s is answered 403, and nothing is switched", async (_what, origin) => {
    for (const target of ["/v1/socket", "/?uid=1&token=1"])
      await expectStatus(upgrade({ target, headers: [["Origin", origin]] }), 403);
  });

  it("[P1] a second one beside one that may connect is answered 403", () =>
    expectStatus(
      upgrade({
        headers: [
          ["Origin", SITE],
          ["Origin", "https://evil.example"],
        ],
      }),
      403,
    ));

  it.each([SITE, `http://${HOST}`, `https://${HOST}`])("[P1] %s may connect", (origin) =>
    expectStatus(upgrade({ headers: [["Origin", origin]] }), 101),
  );
});

describe("a handshake that RFC 6455 does not know", { timeout: LIMIT_MS, repeats: size(0, 19) }, () => {
  const faults: readonly (readonly [fault: string, status: number, headers: Headers])[] = [
    ["version 12", 400, [["Sec-WebSocket-Version", "12"]]],
    ["version 14", 400, [["Sec-WebSocket-Version", "14"]]],
    ["a version that is no number", 400, [["Sec-WebSocket-Version", "thirteen"]]],
    ["no version", 400, [["Sec-WebSocket-Version", undefined]]],
    ["no key", 400, [["Sec-WebSocket-Key", undefined]]],
    ["a key of 15 bytes", 400, [["Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0O"]]],
    [
      "two keys",
      400,
      [
        ["Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0ODw=="],
        ["Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0ODw=="],
      ],
    ],
    ["no subprotocol", 400, [["Sec-WebSocket-Protocol", undefined]]],
    ["subprotocols that are no list", 400, [["Sec-WebSocket-Protocol", "carillon.v1,,"]]],
    ["the same subprotocol twice", 400, [["Sec-WebSocket-Protocol", "carillon.v1, carillon.v1"]]],
    ["2,100 headers", 431, Array.from({ length: 2_100 }, (_, n) => [`x-${n}`, "1"] as const)],
    ["2,100 headers of three bytes", 431, Array.from({ length: 2_100 }, () => ["x", ""] as const)],
    ["a header of 20 KB", 431, [["x", "y".repeat(20_000)]]],
  ];
  it.each(faults)("%s is answered %i", (_fault, status, headers) => expectStatus(upgrade({ headers }), status));

  it.each(["POST", "PUT", "HEAD", "OPTIONS"])("%s is answered 405", (method) => expectStatus(upgrade({ method }), 405));

  const bodies: readonly (readonly [which: string, headers: Headers, body: string])[] = [
    ["a body", [["Content-Length", "5"]], "hello"],
    ["half a body", [["Content-Length", "5"]], "he"],
    ["a body that never comes", [["Content-Length", "5"]], ""],
    ["chunks", [["Transfer-Encoding", "chunked"]], "5\r\nhello\r\n0\r\n\r\n"],
    ["half a chunk", [["Transfer-Encoding", "chunked"]], "5\r\nhe"],
    ["chunks that never come", [["Transfer-Encoding", "chunked"]], ""],
  ];
  it.each(bodies)("with %s it is none, whatever its method", async (_which, headers, body) => {
    for (const method of ["GET", "POST", "PUT"])
      for (const target of ["/v1/socket", "/?uid=1&token=1"]) {
        using peer = await RawPeer.to(siege.port);
        peer.write(upgrade({ method, target, headers, body }));
        peer.end();
        expect((await peer.response())?.status).not.toBe(101);
      }
    await expectStatus(upgrade(), 101);
  });

  it("a wrong version is told which are right", async () => {
    const response = await answerTo(upgrade({ headers: [["Sec-WebSocket-Version", "12"]] }));
    expect(response?.headers.get("sec-websocket-version")?.split(", ")).toContain("13");
  });

  it.each([
    ["h2c, which many clients offer with every request", "h2c"],
    ["TLS", "TLS/1.0"],
    ["several", "h2c, foo/2"],
  ])("an offer of %s is passed over", async (_what, offer) => {
    const headers = [
      ["Connection", "Upgrade"],
      ["Upgrade", offer],
    ] as const;
    expect(await answerTo(request({ target: "/healthz", headers }))).toMatchObject({
      status: 200,
      body: '{"status":"ok"}',
    });
    const body = '{"uid":"100"}';
    const json = [
      ["Content-Type", "application/json"],
      ["Content-Length", String(body.length)],
    ] as const;
    const post = request({ method: "POST", target: "/v1/demo/session", headers: [...headers, ...json], body });
    expect(await answerTo(post)).toMatchObject({ status: 200 });
  });
});

describe("what comes with a handshake", { timeout: LIMIT_MS, repeats: size(0, 19) }, () => {
  const hello = () => frame({ payload: JSON.stringify({ type: "hello", token }) });

  it("[P8] a hello in the same packet is welcomed", async () => {
    await siege.during("attack", async () => {
      using peer = await RawPeer.open(siege.port, Buffer.concat([upgrade(), hello()]));
      expect(await peer.hear()).toMatchObject({ type: "welcome", uid: "mallory" });
    });
  });

  it("[P8] one byte a packet is as good as one packet", async () => {
    using peer = await RawPeer.to(siege.port);
    for (const byte of Buffer.concat([upgrade(), hello()])) peer.write(Buffer.of(byte));
    expect(await peer.response()).toMatchObject({ status: 101 });
    expect(await peer.hear()).toMatchObject({ type: "welcome" });
  });

  it("[P3] a second request in the same packet is no request, but a bad frame", async () => {
    using peer = await RawPeer.open(siege.port, Buffer.concat([upgrade(), request({ target: "/healthz" })]));
    expect(await peer.ending()).toBe(1002);
  });

  it("a request behind a refused handshake is not answered", async () => {
    using peer = await RawPeer.to(siege.port);
    peer.write(Buffer.concat([upgrade({ headers: [["Origin", "null"]] }), request({ target: "/healthz" })]));
    expect(await peer.response()).toMatchObject({ status: 403 });
    expect(await peer.response()).toBeUndefined();
  });

  it("whoever is refused and does not hang up is let go of", async () => {
    const peers = await Promise.all(Array.from({ length: 20 }, () => RawPeer.to(siege.port)));
    for (const peer of peers) peer.write(upgrade({ headers: [["Origin", "null"]] }));
    for (const peer of peers) expect(await peer.response()).toMatchObject({ status: 403 });
    await siege.released();
    for (const peer of peers) peer.reset();
  });

  it.each(["a byte of the request line", "a header"])("a reset after %s leaves nothing behind", async (where) => {
    const bytes = upgrade().subarray(0, where === "a header" ? 40 : 1);
    await siege.during("attack", async () => {
      const peers = await Promise.all(Array.from({ length: 20 }, () => RawPeer.to(siege.port)));
      for (const peer of peers) peer.write(bytes);
      for (const peer of peers) peer.reset();
    });
    await siege.released();
  });
});

it("nobody else noticed any of it, and the hub is whole", { timeout: LIMIT_MS }, () => siege.lift("bad handshakes"));

async function expectStatus(bytes: Buffer, status: number): Promise<void> {
  const response = await answerTo(bytes);
  expect(response).toMatchObject({ status });
  expect(response?.headers.has("sec-websocket-accept")).toBe(status === 101);
}

function answerTo(bytes: Buffer) {
  return siege.during("attack", async () => {
    using peer = await RawPeer.to(siege.port);
    peer.write(bytes);
    return await peer.response(); // Before the peer goes.
  });
}
