import type { IncomingMessage, ServerOptions } from "node:http";
import { LIMITS } from "../limits.ts";

/** How patient the HTTP server is. */
export const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: LIMITS.headersMs,
  connectionsCheckingInterval: LIMITS.lateCheckMs,
  maxHeaderSize: LIMITS.headerBytes,
};

/** Node counts only the bytes of headers; of too many small ones it would silently drop some. */
export function hasTooManyHeaders({ rawHeaders }: IncomingMessage): boolean {
  return rawHeaders.length / 2 > LIMITS.headers;
}
