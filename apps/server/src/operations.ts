import type { FastifyInstance } from "fastify";
import type { Hub } from "./hub/hub.ts";
import type { ReadyCheck } from "./hub/readiness.ts";
import type { EmbeddedInbox } from "./inbox/sqlite/inbox.ts";
import { walBytes } from "./inbox/sqlite/wal.ts";
import type { Metrics, Sources } from "./metrics/metrics.ts";
import type { Connections } from "./wire/connections.ts";
import { serveHealth } from "./wire/health.ts";
import { refuseWhile } from "./wire/http.ts";
import { serveMetrics } from "./wire/metrics.ts";

export type Operations = {
  readonly ready: ReadyCheck;
  readonly metrics: Metrics;
  readonly metricsKey: string | undefined;
};

/** What operators and their machines ask: how the hub is, and what it counted. Before any other route: it refuses all while it drains. */
export function serveOperators(http: FastifyInstance, { ready, metrics, metricsKey }: Operations): void {
  refuseWhile(http, () => ready.isDraining);
  serveHealth(http, ready);
  serveMetrics(http, metrics, metricsKey);
}

/** Where the metrics find what only the parts know. */
export function sources(parts: { hub: Hub; inbox: EmbeddedInbox; connections: Connections; file: string }): Sources {
  const { hub, inbox, connections, file } = parts;
  return {
    connections: () => connections.byTransport(),
    unsentBytes: () => connections.unsentBytes(),
    present: () => hub.present(),
    waitingChanges: () => inbox.waiting,
    walBytes: () => walBytes(file),
  };
}
