import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { limits, SUBPROTOCOL } from "@carillon/protocol";
import { type WebSocket, WebSocketServer } from "ws";
import { LIMITS } from "../limits.ts";
import { type Admission, type Full, isSeat } from "./admission.ts";
import { hasTooManyHeaders } from "./http-limits.ts";
import { isOriginAllowed } from "./origin.ts";
import { problem } from "./problem.ts";
import type { RefusedUpgrades } from "./refused-upgrades.ts";
import type { Seat } from "./seat.ts";

export type UpgradeOptions = {
  readonly origins: readonly string[];
  readonly admission: Admission;
  readonly refused: RefusedUpgrades;
  /** Takes a socket that speaks carillon.v1. */
  readonly onCarillon: (socket: WebSocket, raw: Socket, seat: Seat) => void;
  /** Takes a socket of the tutorial's dialect; undefined where the dialect is off. */
  readonly onTutorial: ((socket: WebSocket, raw: Socket, seat: Seat, query: URLSearchParams) => void) | undefined;
};

/** Where carillon.v1 is spoken. */
export const SOCKET_PATH = "/v1/socket";

/** Decides, before a WebSocket exists, who may have one and what it speaks. Returns what stops all further upgrades. */
export function acceptUpgrades(server: Server, options: UpgradeOptions): () => void {
  const sockets = new WebSocketServer(SOCKET_OPTIONS);
  let open = true;

  const refuse = (request: IncomingMessage, raw: Socket, answer: Answer) => {
    const { status, why } = answer;
    options.refused.note({ status, why, address: options.admission.addressOf(request) });
    say(raw, answer);
  };
  sockets.on("wsClientError", ({ message }, raw, request) => {
    const status = request.method === "GET" ? 400 : 405;
    if (raw instanceof Socket) refuse(request, raw, { status, why: message, headers: VERSION });
  });

  server.on("upgrade", (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on("error", rawOnError);
    const verdict = open ? judge(request, options) : reject(503, "draining");
    if (!(raw instanceof Socket)) return raw.destroy(); // A stranger chose this: nothing to throw for.
    if (verdict.outcome === "reject") return refuse(request, raw, verdict.answer);
    const seat = options.admission.seat(request);
    if (!isSeat(seat)) return refuse(request, raw, full(seat));
    raw.on("close", () => seat.leave()); // Before the upgrade, which may fail.
    const { take } = verdict;
    sockets.handleUpgrade(request, raw, head, (socket) => take(socket, raw, seat));
  });
  return () => {
    open = false;
  };
}

/** Until `ws` listens; a reset here concerns nobody else. One for all, as each is kept for as long as its socket. */
function rawOnError(this: Duplex): void {
  this.destroy();
}

const SOCKET_OPTIONS = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: limits.frameBytes,
  maxFragments: LIMITS.fragments,
  maxPendingAutoPongs: LIMITS.pendingPongs,
  closeTimeout: LIMITS.closeMs,
  handleProtocols: (offered: Set<string>) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
} as const;

type Verdict =
  | { readonly outcome: "take"; readonly take: (socket: WebSocket, raw: Socket, seat: Seat) => void }
  | { readonly outcome: "reject"; readonly answer: Answer };

/** What is said instead of an upgrade. `why`: for the operator. `headers`: a line each, ended. */
type Answer = { readonly status: number; readonly why: string; readonly headers?: string; readonly body?: string };

function judge(request: IncomingMessage, { origins, onCarillon, onTutorial }: UpgradeOptions): Verdict {
  if (hasTooManyHeaders(request)) return reject(431, "tooManyHeaders");
  if (!isOriginAllowed(request.headers, origins)) return reject(403, "originRefused"); // P1
  const offered = request.headers["sec-websocket-protocol"];
  const url = request.url === SOCKET_PATH ? undefined : urlOf(request); // So written by all clients: it need not be parsed.
  if (request.url === SOCKET_PATH || url?.pathname === SOCKET_PATH)
    return offersCarillon(offered) ? { outcome: "take", take: onCarillon } : reject(400, "without the subprotocol");
  if (url === undefined || onTutorial === undefined || offered !== undefined) return reject(404, "notFound");
  return { outcome: "take", take: (socket, raw, seat) => onTutorial(socket, raw, seat, url.searchParams) };
}

function reject(status: number, why: string): Verdict {
  return { outcome: "reject", answer: { status, why } };
}

function urlOf(request: IncomingMessage): URL | undefined {
  return URL.parse(request.url ?? "/", "http://hub") ?? undefined;
}

function offersCarillon(header: string | undefined): boolean {
  if (header === SUBPROTOCOL) return true;
  return header?.split(",").some((protocol) => protocol.trim() === SUBPROTOCOL) ?? false;
}

/** P50: who may come back is told when. */
function full({ code, retryAfter }: Full): Answer {
  const { status, body } = problem(code, { retryAfter });
  const wait = `Retry-After: ${Math.ceil(retryAfter / 1_000)}\r\n`;
  const headers = `${wait}Content-Type: application/json; charset=utf-8\r\n`;
  return { status, why: code, headers, body: JSON.stringify(body) };
}

/** RFC 6455, 4.4: who asked in a way that is not understood learns in which to ask. */
const VERSION = "Sec-WebSocket-Version: 13\r\n";

function say(raw: Socket, { status, headers = "", body = "" }: Answer): void {
  const length = `Connection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  raw.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${length}${headers}\r\n${body}`);
  raw.destroySoon(); // Whoever does not end their half would keep the descriptor: no time-out watches this socket any more.
}
