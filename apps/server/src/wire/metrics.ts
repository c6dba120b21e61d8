import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { sendProblem } from "./problem.ts";

export type MetricsSource = { readonly contentType: string; text(): Promise<string> };

/** `GET /metrics`, for Prometheus. With a key, for those alone who send it: `Authorization: Bearer KEY`. */
export function serveMetrics(http: FastifyInstance, metrics: MetricsSource, key: string | undefined): void {
  http.get("/metrics", async (request, reply) => {
    if (key !== undefined && !isBearer(request.headers.authorization, key))
      return sendProblem(reply.header("www-authenticate", "Bearer"), "unauthorized", { message: FOR_WHOM });
    void reply.header("cache-control", "no-store").type(metrics.contentType);
    return metrics.text();
  });
}

const FOR_WHOM = "The metrics are for those who have their key.";

/** Digests are compared, so that the time tells neither the key nor its length. */
function isBearer(header: string | undefined, key: string): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(header ?? "") ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(key));
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
