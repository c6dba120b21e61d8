import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { admitTo, hubBounds } from "./bounds.ts";
import { type Config, mintingWith } from "./config/config.ts";
import { connectionOptions, upgradeOptions } from "./dialects.ts";
import { drain } from "./drain.ts";
import { expireDaily } from "./hub/expiry.ts";
import type { Gate } from "./hub/gate.ts";
import { Hub } from "./hub/hub.ts";
import { probeDelivery } from "./hub/probe.ts";
import { ReadyCheck } from "./hub/readiness.ts";
import { LIMITS } from "./limits.ts";
import { Metrics } from "./metrics/metrics.ts";
import { serveOperators, sources } from "./operations.ts";
import { openStores } from "./stores.ts";
import { serveApi } from "./wire/api/api.ts";
import { Connections } from "./wire/connections.ts";
import { offerDemoSession } from "./wire/demo.ts";
import { createHttp } from "./wire/http.ts";
import { servePage } from "./wire/page.ts";
import { offerStreams } from "./wire/stream.ts";
import { acceptUpgrades } from "./wire/upgrade.ts";

export type Server = {
  /** Where it listens, such as `http://127.0.0.1:9501`. */
  readonly url: string;
  /** Revokes tokens and disconnects users. */
  readonly gate: Gate;
  /** Takes nothing new, answers what is under way, says goodbye to everybody, and lets go of the store. */
  close(): Promise<void>;
  /** How much of everything that comes and goes is there now. */
  readonly census: () => Census;
};

/** Connections of either dialect, users among them, seats that count against the cap, addresses and buckets that are remembered. */
export type Census = Readonly<Record<"connections" | "users" | "seats" | "addresses" | "buckets", number>>;

/**
 * Puts the parts together and listens. Rejects with what the operator has to know.
 * @param onFatal called when the hub can store nothing any more; the process should end.
 */
export async function startServer(config: Config, log: Logger, onFatal: (error: unknown) => void): Promise<Server> {
  const metrics = new Metrics();
  const { meter } = metrics;
  const { inbox, bus, places, gauges } = await openStores(config, { log, meter, onFatal });
  const hub = new Hub({
    inbox,
    revocations: inbox,
    bus,
    ...(places !== undefined && { places }),
    connections: config.connections,
    now: Date.now,
    meter,
    ...hubBounds(config),
  });
  const connections = new Connections();
  const ready = new ReadyCheck({ probe: () => probeDelivery(hub, bus) });

  const http = await createHttp(log);
  const admission = admitTo(http.server, config, log);
  serveOperators(http, { ready, metrics, metricsKey: config.metricsKey });
  const [key] = config.tokenKeys;
  const isDemo = config.mode === "demo" && key !== undefined;
  if (isDemo) offerDemoSession(http, mintingWith(config, key));
  await serveApi(http, { hub, keys: config.apiKeys, rate: config.apiRate, addressOf: admission.addressOf, isDemo });
  if (!(await servePage(http, PAGE))) log.warn("the page is not built: only API and sockets are served");
  const parts = { hub, connections, admission, log };
  const carillon = connectionOptions(config, parts);
  offerStreams(http, { origins: config.origins, admission, connection: carillon });
  const refuseUpgrades = acceptUpgrades(http.server, upgradeOptions(config, parts, carillon));

  const stopExpiry = expireDaily(hub.logs, config.keepDays);
  void hub.lapsing.lapse();

  const url = await http.listen({ host: config.host, port: config.port, backlog: LIMITS.backlog });
  metrics.watch(sources({ hub, connections, gauges }));
  log.info({ url, mode: config.mode }, "listening");

  const close = async () => {
    ready.drain();
    refuseUpgrades();
    stopExpiry();
    hub.close();
    await drain({ connections, http, hub, bus, inbox }, config.drainSeconds * 1_000);
    metrics.stop();
  };
  const census = () => ({
    connections: connections.members().length,
    users: hub.present().users,
    seats: admission.seats,
    addresses: admission.addresses,
    buckets: hub.sends.size + hub.questions.size,
  });
  return { url, gate: hub.gate, close, census };
}

/** Where the build of the page lies in the workspace. */
const PAGE = fileURLToPath(new URL("../../web/dist", import.meta.url));
