import type { FastifyInstance } from "fastify";
import { isOriginAllowed } from "./origin.ts";
import { sendProblem } from "./problem.ts";

/** Lets pages of the origins that may open a socket use the routes of this scope too, and answers their browsers' questions first. */
export function allowOrigins(scope: FastifyInstance, origins: readonly string[], paths: readonly string[]): void {
  scope.addHook("onRequest", async (request, reply) => {
    if (!isOriginAllowed(request.headers, origins)) return sendProblem(reply, "originRefused");
    const { origin } = request.headers;
    reply.header("vary", "origin");
    if (origin !== undefined) reply.header("access-control-allow-origin", origin);
  });
  for (const path of paths) scope.options(path, (_request, reply) => reply.code(204).headers(PREFLIGHT).send());
}

/** No cookies: who asks is said by its token alone. */
const PREFLIGHT = {
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-headers": "authorization, content-type, last-event-id",
  "access-control-max-age": "600",
};
