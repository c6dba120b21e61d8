import { SUBPROTOCOL } from "@carillon/protocol";

/** One header line each; a name can stand twice, and an undefined value takes a standing line away. */
export type Headers = readonly (readonly [name: string, value: string | undefined])[];

export type RequestOptions = {
  readonly method?: string;
  readonly target?: string;
  readonly version?: string;
  readonly headers?: Headers;
  readonly body?: string | Uint8Array;
};

/** The bytes of one HTTP request. Nothing is checked, escaped or added but a `Host`. */
export function request({
  method = "GET",
  target = "/",
  version = "HTTP/1.1",
  headers = [],
  body = "",
}: RequestOptions): Buffer {
  const lines = merged([["Host", HOST]], headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`${method} ${target} ${version}\r\n${lines.join("")}\r\n`, "latin1"),
    Buffer.from(body),
  ]);
}

/** The bytes of a handshake as RFC 6455 wants it, but for what is said otherwise. */
export function upgrade({ headers = [], ...rest }: RequestOptions = {}): Buffer {
  return request({ target: "/v1/socket", ...rest, headers: merged(UPGRADE, headers) });
}

/** What the hub is called by those who name it rightly. */
export const HOST = "hub.example";

const UPGRADE: Headers = [
  ["Connection", "Upgrade"],
  ["Upgrade", "websocket"],
  ["Sec-WebSocket-Version", "13"],
  ["Sec-WebSocket-Key", "AAECAwQFBgcICQoLDA0ODw=="],
  ["Sec-WebSocket-Protocol", SUBPROTOCOL],
];

/** The standing lines, without those that are said otherwise, then what is said. */
function merged(standing: Headers, said: Headers): Headers {
  const names = new Set(said.map(([name]) => name.toLowerCase()));
  const kept = standing.filter(([name]) => !names.has(name.toLowerCase()));
  return [...kept, ...said].filter(([, value]) => value !== undefined);
}

export type Response = {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** All of it, as it came. */
  readonly raw: string;
};

/** The first response in these bytes and where it ends; undefined if it is not whole yet. Reads what the hub writes: a length or no body. */
export function readResponse(bytes: Buffer): { readonly response: Response; readonly end: number } | undefined {
  const start = bytes.indexOf("\r\n\r\n") + 4;
  if (start === 3) return undefined;
  const [line = "", ...lines] = bytes.toString("latin1", 0, start - 4).split("\r\n");
  const headers = new Map(
    lines.map((each) => {
      const colon = each.indexOf(":");
      return [each.slice(0, colon).toLowerCase(), each.slice(colon + 1).trim()] as const;
    }),
  );
  const end = start + Number(headers.get("content-length") ?? 0);
  if (bytes.length < end) return undefined;
  const status = Number(line.split(" ")[1]);
  return {
    response: { status, headers, body: bytes.toString("utf8", start, end), raw: bytes.toString("utf8", 0, end) },
    end,
  };
}
