import type { Dice } from "../../faults/random.ts";
import { type Headers, request, type RequestOptions, upgrade } from "../raw/http.ts";
import type { World } from "./world.ts";
import { mutatedBytes } from "./mutations.ts";
import { hostileText } from "./values.ts";

/** The bytes that ask for a socket, as they should be or not. */
export function handshake(chance: Dice, isBad: boolean, options: RequestOptions = {}): Buffer {
  if (!isBad) return upgrade(options);
  const headers = [...(options.headers ?? []), ...Array.from({ length: 1 + chance.below(3) }, () => badHeader(chance))];
  return chance.below(3) === 0 ? mutatedBytes(chance, upgrade(options)) : upgrade({ ...options, headers });
}

/** How a client of the tutorial's dialect says who it is. */
export function dialectTarget(chance: Dice, { users }: World): RequestOptions {
  const { uid, tutorialToken } = chance.oneOf(users);
  const target = `/?uid=${encodeURIComponent(uid)}&token=${tutorialToken}`;
  return { target, headers: [["Sec-WebSocket-Protocol", undefined]] };
}

/** One HTTP request; a bad one is so in its line, its headers, its body or its bytes. */
export function httpRequest(chance: Dice, isBad: boolean): Buffer {
  const proper = properRequest(chance);
  if (!isBad) return request(proper);
  const { headers = [] } = proper;
  return chance.oneOf<() => Buffer>([
    () => mutatedBytes(chance, request(proper)),
    () =>
      request({ ...proper, method: chance.oneOf(["PUT", "TRACE", "CONNECT", "get", "", "PRI", hostileText(chance)]) }),
    () => request({ ...proper, target: chance.oneOf(TARGETS) }),
    () => request({ ...proper, target: `/v1/${hostileText(chance)}` }),
    () => request({ ...proper, version: chance.oneOf(["HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "", "HTTP/1.1 x"]) }),
    () => request({ ...proper, headers: [...headers, badHeader(chance)] }),
    () => request({ ...proper, body: Buffer.alloc(chance.below(20_000), chance.below(256)) }),
  ])();
}

function properRequest(chance: Dice): RequestOptions {
  const body = JSON.stringify({ uid: `visitor-${chance.below(100)}` });
  const headers: Headers = [
    ["Content-Type", "application/json"],
    ["Content-Length", String(body.length)],
  ];
  return chance.oneOf<RequestOptions>([
    { target: "/healthz" },
    { target: "/" },
    { target: `/v1/nothing-${chance.below(100)}` },
    { target: `/healthz?q=${chance.below(1_000)}`, method: "HEAD" },
    { target: "/v1/demo/session", method: "POST", headers, body },
  ]);
}

/** A line that a request may have, and what it should not say. */
export function badHeader(chance: Dice): readonly [string, string] {
  const name = chance.oneOf(HEADERS);
  return [
    name,
    chance.oneOf([
      "",
      "0",
      "-1",
      "chunked",
      "websocket",
      "h2c",
      "null",
      "x".repeat(chance.below(20_000)),
      hostileText(chance),
    ]),
  ];
}

const HEADERS =
  "Host Origin Connection Upgrade Sec-WebSocket-Key Sec-WebSocket-Version Sec-WebSocket-Protocol Sec-WebSocket-Extensions Content-Length Transfer-Encoding Content-Type Expect Authorization Cookie Range".split(
    " ",
  );

const TARGETS = [
  "",
  "*",
  "//",
  "/../..",
  "/%",
  "/%00",
  "/%zz",
  "/v1/socket",
  "http://evil.example/",
  "http://",
  "/?uid=1&token=1",
  "/..%2f..%2fetc/passwd",
];
