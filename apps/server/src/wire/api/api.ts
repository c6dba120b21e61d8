import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ApiKey } from "../../config/api-keys.ts";
import type { Hub } from "../../hub/hub.ts";
import type { AddressOf } from "../address.ts";
import { sendProblem } from "../problem.ts";
import { broadcastRoutes } from "./broadcasts.ts";
import { serveDocuments } from "./documents.ts";
import { applicationOf } from "./keys.ts";
import { notificationRoutes } from "./notifications.ts";
import type { Answer, Route } from "./route.ts";
import { revocationRoutes } from "./revocations.ts";
import { silenceRoutes } from "./silence.ts";
import { userRoutes } from "./users.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Whose API key the request carries. */
    application: string | undefined;
  }
}

export type ApiOptions = {
  readonly hub: Hub;
  /** Without any, the API is off and says so. */
  readonly keys: readonly ApiKey[];
  /** Requests a minute that one key may make. */
  readonly rate: number;
  readonly addressOf: AddressOf;
  /** Whether anybody may sign in as anybody: it stands in the documents. */
  readonly isDemo: boolean;
};

/** Offers the HTTP API for backends, and the documents about it. */
export async function serveApi(
  http: FastifyInstance,
  { hub, keys, rate, addressOf, isDemo }: ApiOptions,
): Promise<void> {
  const routes = apiRoutes(hub);
  await serveDocuments(http, routes, isDemo);
  await http.register(async (api) => {
    api.decorateRequest("application");
    api.addHook("onRequest", async (request) => {
      request.application = applicationOf(request.headers.authorization, keys);
    });
    await api.register(rateLimit, {
      max: rate,
      timeWindow: MINUTE_MS,
      cache: CALLERS,
      enableDraftSpec: true,
      keyGenerator: (request) => callerOf(request, addressOf),
      errorResponseBuilder: (_request, { ttl }) => ({ statusCode: 429, retryAfter: ttl }),
    });
    for (const route of routes) serve(api, route, keys.length > 0);
  });
}

/** All that a backend can ask for. */
export function apiRoutes(hub: Hub): readonly Route[] {
  return [
    ...notificationRoutes(hub),
    ...broadcastRoutes(hub),
    ...userRoutes(hub),
    ...silenceRoutes(hub),
    ...revocationRoutes(hub),
  ];
}

function serve(api: FastifyInstance, route: Route, isOn: boolean): void {
  api.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ":$1"),
    ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
    // Behind the limiter and before the body: who has no key sends nothing that is read.
    preParsing: async (request, reply) => {
      if (!isOn) return sendProblem(reply, "apiOff");
      if (request.application === undefined)
        return sendProblem(reply.header("www-authenticate", "Bearer"), "unauthorized");
    },
    handler: async ({ application = "", headers, params, query, body }, reply) => {
      return send(reply, await route.answer({ application, headers, params, query, body }));
    },
  });
}

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  const wait = typeof body === "object" && body !== null && "retryAfter" in body ? Number(body.retryAfter) : undefined;
  if (wait !== undefined) void reply.header("retry-after", Math.ceil(wait / 1_000));
  return reply.code(status).header("cache-control", "no-store").send(body);
}

/** Whose allowance a request uses: an application's, or, of those without a key, their address's. */
function callerOf({ application, raw }: FastifyRequest, addressOf: AddressOf): string {
  return application === undefined ? `address ${addressOf(raw)}` : `application ${application}`;
}

const MINUTE_MS = 60_000;
/** Callers whose requests are counted at once. */
const CALLERS = 10_000;
