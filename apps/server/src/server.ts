import type { Server as HttpServer } from "node:http";
import { fileURLToPath } from "node:url";
import { Close } from "@carillon/protocol";
import { createVerifier, providerKeys, type Verifier } from "@carillon/protocol/token";
import type { Logger } from "pino";
import { localBus } from "./bus/local.ts";
import { type Config, mintingWith } from "./config.ts";
import { drain } from "./drain.ts";
import type { Rate } from "./hub/bucket.ts";
import type { Gate } from "./hub/gate.ts";
import { Hub } from "./hub/hub.ts";
import { probeDelivery } from "./hub/probe.ts";
import { Rates } from "./hub/rates.ts";
import { ReadyCheck } from "./hub/readiness.ts";
import { type EmbeddedInbox, openSqliteInbox } from "./inbox/sqlite/inbox.ts";
import { walBytes } from "./inbox/sqlite/wal.ts";
import { LIMITS } from "./limits.ts";
import { Metrics, type Sources } from "./metrics/metrics.ts";
import { serveApi } from "./wire/api/api.ts";
import { Admission } from "./wire/admission.ts";
import { Connection, type ConnectionOptions } from "./wire/connection.ts";
import { Connections } from "./wire/connections.ts";
import { offerDemoSession } from "./wire/demo.ts";
import { DialectConnection } from "./wire/dialect.ts";
import { serveHealth } from "./wire/health.ts";
import { createHttp, refuseWhile } from "./wire/http.ts";
import { serveMetrics } from "./wire/metrics.ts";
import { servePage } from "./wire/page.ts";
import type { PulseOptions } from "./wire/pulse.ts";
import { SocketPeer } from "./wire/socket-peer.ts";
import { offerStreams } from "./wire/stream.ts";
import { acceptUpgrades, type UpgradeOptions } from "./wire/upgrade.ts";

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
  const inbox = await openSqliteInbox({
    file: config.store,
    onFatal,
    onFinding: ({ level, message, facts }) => log[level](facts, message),
    mostEntries: config.keepEntries,
    mostApplicationEntries: config.keepApplicationEntries,
    meter,
  });
  const bus = localBus();
  const limits = hubLimits(config);
  const hub = new Hub({
    inbox,
    revocations: inbox,
    bus,
    connections: config.connections,
    now: Date.now,
    meter,
    ...limits,
  });
  const connections = new Connections();
  const ready = new ReadyCheck({ probe: () => probeDelivery(hub) });

  const http = await createHttp(log);
  const admission = admitTo(http.server, config, log);
  refuseWhile(http, () => ready.isDraining);
  serveHealth(http, ready);
  serveMetrics(http, metrics, config.metricsKey);
  const [key] = config.tokenKeys;
  if (config.mode === "demo" && key !== undefined) offerDemoSession(http, mintingWith(config, key));
  await serveApi(http, { hub, keys: config.apiKeys, rate: config.apiRate, addressOf: admission.addressOf });
  if (!(await servePage(http, PAGE))) log.warn("the page is not built: only API and sockets are served");
  const parts = { hub, connections, admission, log };
  const carillon = connectionOptions(config, parts);
  offerStreams(http, { origins: config.origins, admission, connection: carillon });
  const refuseUpgrades = acceptUpgrades(http.server, upgradeOptions(config, parts, carillon));

  const stopExpiry = expireDaily(hub, config.keepDays);
  void hub.lapse();

  const url = await http.listen({ host: config.host, port: config.port, backlog: LIMITS.backlog });
  metrics.watch(sources({ hub, inbox, connections, file: config.store }));
  log.info({ url, mode: config.mode }, "listening");

  const close = async () => {
    ready.drain();
    refuseUpgrades();
    stopExpiry();
    hub.close();
    await drain({ connections, http, bus, inbox }, config.drainSeconds * 1_000);
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

function hubLimits({ connectionsPerUser, sendsAtOnce: atOnce, sendsPerSecond: perSecond }: Config) {
  const rates = (rate: Rate | undefined) =>
    new Rates({ rate, longestWait: LIMITS.longestWaitMs, clock: () => performance.now() });
  return {
    mostSessions: connectionsPerUser,
    sends: rates(perSecond === 0 ? undefined : { atOnce, perSecond }),
    questions: rates(LIMITS.questions),
  };
}

/** Who comes in, by number: each TCP connection is counted when it is accepted. */
function admitTo(server: HttpServer, config: Config, log: Logger): Admission {
  const { trustedProxies, connectionsPerAddress, strangersPerAddress, connectionsPerProcess } = config;
  const admission = new Admission({
    trustedProxies,
    perAddress: connectionsPerAddress,
    strangersPerAddress,
    perProcess: connectionsPerProcess,
    log,
  });
  server.maxConnections = connectionsPerProcess + LIMITS.visitors;
  server.on("connection", (socket) => admission.accept(socket));
  return admission;
}

/** Gives up what is older than it is to be held, now and every day. Returns what stops it. */
function expireDaily(hub: Hub, days: number): () => void {
  const expire = () => void hub.expire(Date.now() - days * DAY_MS);
  expire();
  const timer = setInterval(expire, DAY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const DAY_MS = 86_400_000;

/** Where the build of the page lies in the workspace. */
const PAGE = fileURLToPath(new URL("../../web/dist", import.meta.url));

/** Where the metrics find what only the parts know. */
function sources(parts: { hub: Hub; inbox: EmbeddedInbox; connections: Connections; file: string }): Sources {
  const { hub, inbox, connections, file } = parts;
  return {
    connections: () => connections.byTransport(),
    unsentBytes: () => connections.unsentBytes(),
    present: () => hub.present(),
    waitingChanges: () => inbox.waiting,
    walBytes: () => walBytes(file),
  };
}

type Parts = {
  readonly hub: Hub;
  readonly connections: Connections;
  readonly admission: Admission;
  readonly log: Logger;
};

/** What every connection of the main protocol needs, whatever its transport. */
function connectionOptions(config: Config, parts: Parts): ConnectionOptions {
  const verify = verifierOf(config, parts.log);
  return { ...parts, verify, pulse: pulse(config.pingInterval, config.pingAnswer) };
}

/** What takes the sockets: one function a dialect. */
function upgradeOptions(config: Config, parts: Parts, carillon: ConnectionOptions): UpgradeOptions {
  const tutorial = { ...parts, pulse: pulse(config.tutorialPingInterval, config.tutorialPingAnswer) };
  const key = config.tutorialKey;
  return {
    origins: config.origins,
    admission: parts.admission,
    onCarillon: (socket, raw, { known }) =>
      void new Connection((events) => new SocketPeer(socket, raw, Close.tooSlow, events), {
        ...carillon,
        onKnown: known,
      }),
    onTutorial:
      key === undefined
        ? undefined
        : (socket, raw, { known }, query) =>
            void new DialectConnection(socket, raw, query, { ...tutorial, key, onKnown: known }),
  };
}

function verifierOf({ tokenKeys: keys, keySetUrl: url, audience, issuers }: Config, log: Logger): Verifier {
  const onFailure = (err: unknown) => log.warn({ err }, "the identity provider's keys cannot be had");
  return createVerifier({ keys, provider: url && providerKeys({ url, onFailure }), audience, issuers });
}

function pulse(intervalSeconds: number, answerSeconds: number): PulseOptions {
  return { interval: intervalSeconds * 1_000, answer: answerSeconds * 1_000 };
}
