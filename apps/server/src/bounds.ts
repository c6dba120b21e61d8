import type { Server } from "node:http";
import type { Logger } from "pino";
import type { Config } from "./config/config.ts";
import type { Rate } from "./hub/bucket.ts";
import type { HubOptions } from "./hub/hub.ts";
import { Rates } from "./hub/rates.ts";
import { LIMITS } from "./limits.ts";
import { Admission } from "./wire/admission.ts";

type HubBounds = Pick<HubOptions, "mostSessions" | "sends" | "questions">;

/** How much one user may have of the hub, and how fast. */
export function hubBounds({ connectionsPerUser, sendsAtOnce: atOnce, sendsPerSecond: perSecond }: Config): HubBounds {
  const rates = (rate: Rate | undefined) =>
    new Rates({ rate, longestWait: LIMITS.longestWaitMs, clock: () => performance.now() });
  return {
    mostSessions: connectionsPerUser,
    sends: rates(perSecond === 0 ? undefined : { atOnce, perSecond }),
    questions: rates(LIMITS.questions),
  };
}

/** Who comes in, by number: each TCP connection is counted when it is accepted. */
export function admitTo(server: Server, config: Config, log: Logger): Admission {
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
