import helmet from "@fastify/helmet";
import { fastify, type FastifyError, type FastifyInstance } from "fastify";
import type { Logger } from "pino";

/** A plain HTTP server with the headers and the error form that every route shares: `{code, message}`. */
export async function createHttp(log: Logger): Promise<FastifyInstance> {
  const http = fastify({ bodyLimit: BODY_BYTES, forceCloseConnections: true, logger: false });
  http.removeContentTypeParser("text/plain"); // JSON is all that is spoken.
  await http.register(helmet, HEADERS);

  http.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: "notFound", message: "There is nothing here." }),
  );
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ code: "badRequest", message: error.message });
    log.error({ err: error, route: request.routeOptions.url }, "request failed");
    return reply.code(500).send({ code: "internal", message: "The hub failed." });
  });
  http.get("/healthz", () => ({ status: "ok" }));
  return http;
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
