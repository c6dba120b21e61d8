import { Close } from "@carillon/protocol";
import { createVerifier, providerKeys, type Verifier } from "@carillon/protocol/token";
import type { Logger } from "pino";
import type { Config } from "./config/config.ts";
import type { Hub } from "./hub/hub.ts";
import type { Admission } from "./wire/admission.ts";
import { Connection, type ConnectionOptions } from "./wire/connection.ts";
import type { Connections } from "./wire/connections.ts";
import { DialectConnection } from "./wire/dialect.ts";
import type { PulseOptions } from "./wire/pulse.ts";
import { RefusedUpgrades } from "./wire/refused-upgrades.ts";
import { SocketPeer } from "./wire/socket-peer.ts";
import type { UpgradeOptions } from "./wire/upgrade.ts";

export type Parts = {
  readonly hub: Hub;
  readonly connections: Connections;
  readonly admission: Admission;
  readonly log: Logger;
};

/** What every connection of the main protocol needs, whatever its transport. */
export function connectionOptions(config: Config, parts: Parts): ConnectionOptions {
  const verify = verifierOf(config, parts.log);
  return { ...parts, verify, pulse: pulse(config.pingInterval, config.pingAnswer) };
}

/** What takes the sockets: one function a dialect. */
export function upgradeOptions(config: Config, parts: Parts, carillon: ConnectionOptions): UpgradeOptions {
  const tutorial = { ...parts, pulse: pulse(config.tutorialPingInterval, config.tutorialPingAnswer) };
  const key = config.tutorialKey;
  return {
    origins: config.origins,
    admission: parts.admission,
    refused: new RefusedUpgrades(parts.hub.meter, parts.log),
    onCarillon: (socket, raw, seat) =>
      void new Connection((events) => new SocketPeer(socket, raw, Close.tooSlow, events), seat, carillon),
    onTutorial:
      key === undefined
        ? undefined
        : (socket, raw, seat, query) =>
            void new DialectConnection(socket, raw, query, { ...tutorial, key, onKnown: () => seat.known() }),
  };
}

function verifierOf({ tokenKeys: keys, keySetUrl: url, audience, issuers }: Config, log: Logger): Verifier {
  const onFailure = (err: unknown) => log.warn({ err }, "the identity provider's keys cannot be had");
  return createVerifier({ keys, provider: url && providerKeys({ url, onFailure }), audience, issuers });
}

function pulse(intervalSeconds: number, answerSeconds: number): PulseOptions {
  return { interval: intervalSeconds * 1_000, answer: answerSeconds * 1_000 };
}
