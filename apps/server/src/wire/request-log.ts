import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";

/**
 * One line at the end of each request. It names the route, never the URL: what stands in paths, queries and headers is not for
 * logs. The answer carries the request's id, so that whoever complains can name the line.
 */
export function logRequests(http: FastifyInstance, log: Logger): void {
  http.addHook("onRequest", async (request, reply) => {
    void reply.header("x-request-id", request.id);
  });
  http.addHook("onResponse", async (request, reply) => {
    log[levelOf(request, reply)](
      {
        request: request.id,
        method: request.method,
        route: routeOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      "request",
    );
  });
}

/** The route's pattern; undefined for what no route took. */
export function routeOf(request: FastifyRequest): string | undefined {
  return request.routeOptions.url;
}

/** What changes something is of interest; pages, probes and what nobody serves are many and say little. */
function levelOf(request: FastifyRequest, reply: FastifyReply): "error" | "info" | "debug" {
  if (reply.statusCode >= 500 && reply.statusCode !== 503) return "error";
  return routeOf(request)?.startsWith("/v1/") ? "info" : "debug";
}
