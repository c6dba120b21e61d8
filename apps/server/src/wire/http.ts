import type { IncomingMessage } from "node:http";
import helmet from "@fastify/helmet";
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { nanoid } from "nanoid";
import type { Logger } from "pino";
import { LIMITS } from "../limits.ts";
import { hasTooManyHeaders, SERVER_OPTIONS } from "./http-limits.ts";
import { methodsOf } from "./methods.ts";
import { type ProblemCode, sendProblem } from "./problem.ts";
import { logRequests, routeOf } from "./request-log.ts";

/** A plain HTTP server with the headers and the form of errors that every route shares. */
export async function createHttp(log: Logger): Promise<FastifyInstance> {
  const onError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return sendProblem(reply, CODES.get(status) ?? "badRequest", retryOf(error));
    log.error({ err: error, request: request.id, route: routeOf(request) }, "request failed");
    return sendProblem(reply, "internal");
  };
  const http = fastify({
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.requestMs,
    keepAliveTimeout: LIMITS.keepAliveMs,
    forceCloseConnections: "idle",
    logger: false,
    genReqId: () => nanoid(12),
    http: { ...SERVER_OPTIONS, shouldUpgradeCallback: asksForWebSocket },
    frameworkErrors: (error, request, reply) => void onError(error, request, reply),
    routerOptions: { maxParamLength: PARAM_LENGTH },
  });
  http.removeContentTypeParser("text/plain"); // JSON is all that is spoken.
  await http.register(helmet, HEADERS);
  logRequests(http, log);

  http.addHook("onRequest", async (request, reply) => {
    if (hasTooManyHeaders(request.raw)) return sendProblem(reply.header("connection", "close"), "tooManyHeaders");
  });
  const methods = methodsOf(http);
  http.setNotFoundHandler((request, reply) => {
    const allowed = methods(request.url.split("?", 1).join());
    if (allowed.length === 0) return sendProblem(reply, "notFound");
    return sendProblem(reply.header("allow", allowed.join(", ")), "methodNotAllowed");
  });
  http.setErrorHandler(onError);
  return http;
}

/** From now on new requests are refused; those under way are answered, and those of `TO_THE_LAST`. */
export function refuseWhile(http: FastifyInstance, isDraining: () => boolean): void {
  http.addHook("onRequest", async (request, reply) => {
    if (!isDraining()) return;
    void reply.header("connection", "close");
    if (!TO_THE_LAST.has(routeOf(request) ?? "")) return sendProblem(reply, "draining", { retryAfter: 1_000 });
  });
}

/** Answers the requests under way, then lets go of the port. What takes longer than `patience` milliseconds is cut off. */
export async function closeWithin(http: FastifyInstance, patience: number): Promise<void> {
  const cut = setTimeout(() => http.server.closeAllConnections(), patience);
  await http.close();
  clearTimeout(cut);
}

/** What is served to the last: how the hub is, and what streams still say that were not sent away yet. */
const TO_THE_LAST: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics", "/v1/stream/:session"]);

/**
 * An offer to switch to anything else (many clients offer h2c with each request) is passed over, as RFC 9110, 7.8 has it. So is one
 * with a body: no handshake has any, and until it has come Node hands over a stream that is no socket.
 */
function asksForWebSocket({ headers }: IncomingMessage): boolean {
  const hasBody = headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
  return headers.upgrade?.toLowerCase() === "websocket" && !hasBody;
}

/** What Fastify's own refusals mean. */
const CODES: ReadonlyMap<number, ProblemCode> = new Map([
  [404, "notFound"],
  [413, "tooLarge"],
  [415, "unsupportedMediaType"],
  [429, "tooManyRequests"],
]);

function retryOf(error: FastifyError): { retryAfter?: number } {
  return "retryAfter" in error && typeof error.retryAfter === "number" ? { retryAfter: error.retryAfter } : {};
}

/** Characters of a part of a path: a uid of 128 bytes, each of them escaped. */
const PARAM_LENGTH = 384;

/** Nothing but the page's own files, and sockets to the hub that served it. */
const CONTENT_SECURITY_POLICY = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
};

const HEADERS = {
  contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
  // Whether a whole site is HTTPS for ever is for its reverse proxy to say.
  strictTransportSecurity: false,
};
