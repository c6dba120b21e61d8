import type { FastifyInstance } from "fastify";
import type { ReadyCheck } from "../hub/readiness.ts";
import { sendProblem } from "./problem.ts";

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it should be given work; 503 and the reason while it should not. A
 * supervisor restarts what is not healthy, and a balancer passes over what is not ready: a full disk is no reason to restart.
 */
export function serveHealth(http: FastifyInstance, ready: ReadyCheck): void {
  http.get("/healthz", () => ({ status: "ok" }));
  http.get("/readyz", async (_request, reply) => {
    void reply.header("cache-control", "no-store");
    const now = await ready.now();
    return now.at === "ready" ? { status: "ready" } : sendProblem(reply, now.code, { message: now.message });
  });
}
