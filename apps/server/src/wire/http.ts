import type { IncomingMessage } from "node:http";
import helmet from "@fastify/helmet";
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { nanoid } from "nanoid";
import type { Logger } from "pino";
import { logRequests, routeOf } from "./request-log.ts";

/** A plain HTTP server with the headers and the error form that every route shares: `{code, message}`. */
export async function createHttp(log: Logger): Promise<FastifyInstance> {
  const http = fastify({
    bodyLimit: BODY_BYTES,
    forceCloseConnections: "idle",
    logger: false,
    genReqId: () => nanoid(12),
    http: { shouldUpgradeCallback: asksForWebSocket },
    frameworkErrors: refuseAddress,
  });
  http.removeContentTypeParser("text/plain"); // JSON is all that is spoken.
  await http.register(helmet, HEADERS);
  logRequests(http, log);

  http.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: "notFound", message: "There is nothing here." }),
  );
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ code: "badRequest", message: error.message });
    log.error({ err: error, request: request.id, route: routeOf(request) }, "request failed");
    return reply.code(500).send({ code: "internal", message: "The hub failed." });
  });
  return http;
}

/** From now on new requests are refused; those under way are answered, and whoever asks how the hub is. */
export function refuseWhile(http: FastifyInstance, isDraining: () => boolean): void {
  http.addHook("onRequest", async (request, reply) => {
    if (!isDraining()) return;
    void reply.header("connection", "close");
    if (!OPERATORS.has(routeOf(request) ?? "")) return reply.code(503).send(DRAINING);
  });
}

/** Answers the requests under way, then lets go of the port. What takes longer than `patience` milliseconds is cut off. */
export async function closeWithin(http: FastifyInstance, patience: number): Promise<void> {
  const cut = setTimeout(() => http.server.closeAllConnections(), patience);
  await http.close();
  clearTimeout(cut);
}

/** What is served to the last. */
const OPERATORS: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);
const DRAINING = { code: "draining", message: "The hub is about to stop.", retryAfter: 1_000 };

/**
 * An offer to switch to anything else (many clients offer h2c with each request) is passed over, as RFC 9110, 7.8 has it. So is one
 * with a body: no handshake has any, and until it has come Node hands over a stream that is no socket.
 */
function asksForWebSocket({ headers }: IncomingMessage): boolean {
  const hasBody = headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
  return headers.upgrade?.toLowerCase() === "websocket" && !hasBody;
}

/** The framework's own answer would repeat the whole address, and what somebody put into it. */
function refuseAddress(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(400).send({ code: "badRequest", message: "The address is malformed." });
}

/** Bytes of a request's body. */
const BODY_BYTES = 16_384;

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
