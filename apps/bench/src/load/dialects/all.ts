import { carillon } from "./carillon.ts";
import type { Dialect } from "./dialect.ts";
import { mqtt } from "./mqtt.ts";
import { jetStream, nats } from "./nats.ts";
import { nchan } from "./nchan.ts";
import { plain } from "./plain.ts";
import { socketIo } from "./socket-io.ts";

export const DIALECTS = { carillon, plain, socketIo, mqtt, nats, jetStream, nchan } as const satisfies Record<
  string,
  Dialect
>;

export type DialectName = keyof typeof DIALECTS;
