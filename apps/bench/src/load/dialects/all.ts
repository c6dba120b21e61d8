import { carillon } from "./carillon.ts";
import type { Dialect } from "./dialect.ts";
import { plain } from "./plain.ts";
import { socketIo } from "./socket-io.ts";

export const DIALECTS = { carillon, plain, socketIo } as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof DIALECTS;
