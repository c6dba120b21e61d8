import { fileURLToPath } from "node:url";
import { Close } from "@carillon/protocol";
import { createVerifier } from "@carillon/protocol/token";
import type { Logger } from "pino";
import { localBus } from "./bus/local.ts";
import type { Config } from "./config.ts";
import { Hub } from "./hub/hub.ts";
import { openSqliteInbox } from "./inbox/sqlite/inbox.ts";
import { Connection } from "./wire/connection.ts";
import { Connections } from "./wire/connections.ts";
import { offerDemoSession } from "./wire/demo.ts";
import { DialectConnection } from "./wire/dialect.ts";
import { createHttp } from "./wire/http.ts";
import { servePage } from "./wire/page.ts";
import type { PulseOptions } from "./wire/pulse.ts";
import { SocketPeer } from "./wire/socket-peer.ts";
import { acceptUpgrades, type UpgradeOptions } from "./wire/upgrade.ts";

export type Server = {
  /** Where it listens, such as `http://127.0.0.1:9501`. */
  readonly url: string;
  /** Says goodbye to everybody, finishes what was accepted, and lets go of the store. */
  close(): Promise<void>;
};

/**
 * Puts the parts together and listens. Rejects with what the operator has to know.
 * @param onFatal called when the hub can store nothing any more; the process should end.
 */
export async function startServer(config: Config, log: Logger, onFatal: (error: unknown) => void): Promise<Server> {
  const inbox = await openSqliteInbox({
    file: config.store,
    onFatal,
    onFinding: ({ level, message, facts }) => log[level](facts, message),
    mostEntries: config.keepEntries,
  });
  const bus = localBus();
  const hub = new Hub({ inbox, bus, connections: config.connections, now: Date.now });
  const connections = new Connections();
  const http = await createHttp(log);
  if (config.mode === "demo") offerDemoSession(http, { key: config.tokenKeys[0], audience: config.audience });
  if (!(await servePage(http, PAGE))) log.warn("the page is not built: only API and sockets are served");
  const refuseUpgrades = acceptUpgrades(http.server, upgradeOptions(config, { hub, connections, log }));

  const stopExpiry = expireDaily(hub, config.keepDays);

  const url = await http.listen({ host: config.host, port: config.port });
  log.info({ url, mode: config.mode }, "listening");

  const close = async () => {
    refuseUpgrades();
    stopExpiry();
    connections.close(Close.restarting);
    await http.close();
    await bus.close();
    await inbox.close();
  };
  return { url, close };
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

/** What takes the sockets: one function a dialect. */
function upgradeOptions(config: Config, parts: { hub: Hub; connections: Connections; log: Logger }): UpgradeOptions {
  const verify = createVerifier({ keys: config.tokenKeys, audience: config.audience });
  const carillon = { ...parts, verify, pulse: pulse(config.pingInterval, config.pingAnswer) };
  const tutorial = { ...parts, pulse: pulse(config.tutorialPingInterval, config.tutorialPingAnswer) };
  const key = config.tutorialKey;
  return {
    origins: config.origins,
    onCarillon: (socket, raw) =>
      void new Connection((events) => new SocketPeer(socket, raw, Close.tooSlow, events), carillon),
    onTutorial:
      key === undefined
        ? undefined
        : (socket, raw, query) => void new DialectConnection(socket, raw, query, { ...tutorial, key }),
  };
}

function pulse(intervalSeconds: number, answerSeconds: number): PulseOptions {
  return { interval: intervalSeconds * 1_000, answer: answerSeconds * 1_000 };
}
