import { carillon } from "./carillon.ts";
import { mosquitto } from "./mosquitto.ts";
import { onRedis } from "./on-redis.ts";
import { jetStream, nats } from "./nats.ts";
import { nchan } from "./nchan.ts";
import type { Peer } from "./peer.ts";
import { plainWs } from "./plain-ws.ts";
import { socketIo, socketIoRecovery } from "./socket-io.ts";

/** Carillon first: the others are what it is compared with. */
export const PEERS: readonly Peer[] = [
  carillon,
  ...onRedis,
  plainWs,
  socketIo,
  socketIoRecovery,
  mosquitto,
  nats,
  jetStream,
  nchan,
];
