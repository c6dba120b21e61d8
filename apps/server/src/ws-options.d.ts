import type {} from "ws";

/** Options of `ws` 8.23 that its types do not know yet. */
declare module "ws" {
  namespace WebSocket {
    interface ServerOptions {
      closeTimeout?: number;
      maxFragments?: number;
      maxPendingAutoPongs?: number;
    }
  }
}
