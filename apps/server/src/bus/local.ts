import type { Bus } from "../hub/ports.ts";

/** The bus of a hub that is alone: there is nobody to tell and nobody to hear. */
export function localBus(): Bus {
  return {
    ring: () => {},
    onRing: () => {},
    onDoubt: () => {},
    isHeard: () => true,
    revoked: () => {},
    onRevoked: () => {},
    tell: () => {},
    onNews: () => {},
    close: async () => {},
  };
}
