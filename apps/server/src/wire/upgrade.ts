import type { IncomingMessage, Server } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { limits, SUBPROTOCOL } from "@carillon/protocol";
import { type WebSocket, WebSocketServer } from "ws";
import { isOriginAllowed } from "./origin.ts";

export type UpgradeOptions = {
  readonly origins: readonly string[];
  /** Takes a socket that speaks carillon.v1. */
  readonly onCarillon: (socket: WebSocket, raw: Socket) => void;
  /** Takes a socket of the tutorial's dialect; undefined where the dialect is off. */
  readonly onTutorial: ((socket: WebSocket, raw: Socket, query: URLSearchParams) => void) | undefined;
};

/** Where carillon.v1 is spoken. */
export const SOCKET_PATH = "/v1/socket";

/** Decides, before a WebSocket exists, who may have one and what it speaks. Returns what stops all further upgrades. */
export function acceptUpgrades(server: Server, options: UpgradeOptions): () => void {
  const sockets = new WebSocketServer(SOCKET_OPTIONS);
  let open = true;

  server.on("upgrade", (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on("error", () => raw.destroy()); // Until `ws` listens; a reset here concerns nobody else.
    const verdict = open ? judge(request, options) : reject(503);
    if (!(raw instanceof Socket)) return raw.destroy(); // A stranger chose this: nothing to throw for.
    if (verdict.outcome === "reject") return answer(raw, verdict.status);
    sockets.handleUpgrade(request, raw, head, (socket) => verdict.take(socket, raw));
  });
  return () => {
    open = false;
  };
}

const SOCKET_OPTIONS = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: limits.frameBytes,
  maxFragments: 16,
  maxPendingAutoPongs: 64,
  closeTimeout: 5_000,
  handleProtocols: (offered: Set<string>) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
} as const;

type Verdict =
  | { readonly outcome: "take"; readonly take: (socket: WebSocket, raw: Socket) => void }
  | { readonly outcome: "reject"; readonly status: number };

function judge(request: IncomingMessage, { origins, onCarillon, onTutorial }: UpgradeOptions): Verdict {
  if (!isOriginAllowed(request.headers, origins)) return reject(403); // P1
  const url = urlOf(request);
  const offered = request.headers["sec-websocket-protocol"];
  if (url?.pathname === SOCKET_PATH)
    return offersCarillon(offered) ? { outcome: "take", take: onCarillon } : reject(400);
  if (url === undefined || onTutorial === undefined || offered !== undefined) return reject(404);
  return { outcome: "take", take: (socket, raw) => onTutorial(socket, raw, url.searchParams) };
}

function reject(status: number): Verdict {
  return { outcome: "reject", status };
}

function urlOf(request: IncomingMessage): URL | undefined {
  return URL.parse(request.url ?? "/", "http://hub") ?? undefined;
}

function offersCarillon(header: string | undefined): boolean {
  return header?.split(",").some((protocol) => protocol.trim() === SUBPROTOCOL) ?? false;
}

function answer(raw: Socket, status: number): void {
  raw.write(`HTTP/1.1 ${status} ${STATUS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  raw.destroySoon(); // Whoever does not end their half would keep the descriptor: no time-out watches this socket any more.
}

const STATUS: Record<number, string> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  503: "Service Unavailable",
};
