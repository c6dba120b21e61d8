import { Close, limits, positionOf } from "@carillon/protocol";
import type { Verdict } from "@carillon/protocol/token";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { InboxUnavailable } from "../hub/ports.ts";
import { type Admission, isSeat } from "./admission.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { allowOrigins } from "./cross-origin.ts";
import { type ProblemCode, sendProblem } from "./problem.ts";
import type { Seat } from "./seat.ts";
import { StreamPeer } from "./stream-peer.ts";

export type StreamOptions = {
  readonly origins: readonly string[];
  readonly admission: Admission;
  readonly connection: ConnectionOptions;
};

/** carillon.v1 without a WebSocket: `GET /v1/stream` gives the frames down, `POST /v1/stream/SESSION` takes those up (P40 to P43). */
export function offerStreams(http: FastifyInstance, { origins, admission, connection: options }: StreamOptions): void {
  const streams = new Map<string, Stream>();

  void http.register(async (scope) => {
    // Frames are read by the one decoder that there is.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/json",
      { parseAs: "string" },
      async (_request: unknown, body: string) => body,
    );
    allowOrigins(scope, origins, ["/v1/stream", "/v1/stream/:session"]);

    scope.get("/v1/stream", { exposeHeadRoute: false }, (request, reply) => {
      if (reply.raw.destroyed) return; // Gone already: nobody would ever tell that it is.
      const seat = admission.seat(request.raw);
      if (!isSeat(seat)) return sendProblem(reply, seat.code, { retryAfter: seat.retryAfter });
      reply.raw.on("close", () => seat.leave());
      const stream = open(request, reply, seat, options);
      streams.set(stream.connection.id, stream);
      reply.raw.on("close", () => streams.delete(stream.connection.id));
    });

    scope.post<Up>("/v1/stream/:session", { bodyLimit: limits.frameBytes }, async (request, reply) => {
      const bearer = await bearerOf(request, options);
      if (!bearer.ok) return sendProblem(reply, bearer.problem);
      const stream = streams.get(request.params.session);
      if (stream === undefined || stream.connection.uid !== bearer.uid) return sendProblem(reply, "streamGone");
      const frames = framesOf(request.body);
      if (frames.length > limits.messagesAtOnce) return sendProblem(reply, "tooLarge", TOO_MANY);
      stream.peer.hear(frames);
      return reply.code(202).send();
    });
  });
}

type Stream = { readonly connection: Connection; readonly peer: StreamPeer };
type Up = { readonly Params: { readonly session: string }; readonly Body: string | undefined };

/** The request says what a socket's first frame does: who it is, and where it was. */
function open(request: FastifyRequest, reply: FastifyReply, seat: Seat, options: ConnectionOptions): Stream {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  const peer = new StreamPeer(reply.raw, Close.tooSlow);
  const connection = new Connection((events) => peer.tell(events), seat, options);
  const last = request.headers["last-event-id"];
  const position = typeof last === "string" && last !== "" ? positionOf(last) : undefined;
  if (position === undefined && last) connection.hangUp(BAD_EVENT_ID);
  peer.hear([JSON.stringify({ type: "hello", token: tokenOf(request), position })]);
  return { connection, peer };
}

/** Whose the request is, or why nobody's: as `hello` would be judged (P16, P32). */
async function bearerOf(request: FastifyRequest, { hub, verify }: ConnectionOptions): Promise<Bearer> {
  const verdict = await verify(tokenOf(request));
  if (verdict.outcome !== "accepted") return { ok: false, problem: UNWELCOME[verdict.outcome] };
  try {
    const { grant } = verdict;
    return (await hub.gate.isRevoked(grant)) ? { ok: false, problem: "tokenRefused" } : { ok: true, uid: grant.uid };
  } catch (error) {
    if (!(error instanceof InboxUnavailable)) throw error;
    return { ok: false, problem: "unavailable" };
  }
}

type Bearer = { readonly ok: true; readonly uid: string } | { readonly ok: false; readonly problem: ProblemCode };

const UNWELCOME = {
  expired: "tokenExpired",
  refused: "tokenRefused",
  unavailable: "keysUnavailable",
} as const satisfies Record<Exclude<Verdict["outcome"], "accepted">, ProblemCode>;

function tokenOf({ headers }: FastifyRequest): string {
  const [, token = ""] = /^Bearer +(\S+)$/iu.exec(headers.authorization ?? "") ?? [];
  return token;
}

/** A list of messages, or one frame as it would stand on a socket, or nothing. What is none of these, the decoder refuses. */
function framesOf(body: string | undefined): readonly string[] {
  if (body === undefined) return [];
  try {
    const json: unknown = JSON.parse(body);
    return Array.isArray(json) ? json.map((message) => JSON.stringify(message)) : [body];
  } catch {
    return [body];
  }
}

const BAD_EVENT_ID: Close = { code: Close.badFrame.code, reason: "bad frame: Last-Event-ID" };
const TOO_MANY = { message: `One POST takes up to ${limits.messagesAtOnce} messages.` };
