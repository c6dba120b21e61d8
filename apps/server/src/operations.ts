import type { FastifyInstance } from "fastify";
import type { Hub } from "./hub/hub.ts";
import type { ReadyCheck } from "./hub/readiness.ts";
import type { Metrics, Sources } from "./metrics/metrics.ts";
import type { Stores } from "./stores.ts";
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
export function sources(parts: { hub: Hub; connections: Connections; gauges: Stores["gauges"] }): Sources {
  const { hub, connections, gauges } = parts;
  return {
    connections: () => connections.byTransport(),
    unsentBytes: () => connections.unsentBytes(),
    present: () => hub.present(),
    ...gauges,
  };
}
