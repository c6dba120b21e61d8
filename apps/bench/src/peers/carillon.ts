import { join } from "node:path";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { TOKEN_KEY } from "../load/dialects/carillon.ts";
import { launch } from "./launch.ts";
import type { Peer, Running } from "./peer.ts";

const MAIN = join(import.meta.dirname, "../../../server/src/main.ts");

export const carillon: Peer = {
  name: "carillon",
  about: "Carillon, everything on: fsynced log, receipts, tokens, limits, metrics",
  dialect: "carillon",
  start: async (folder, { store, keepEntries }) => {
    return launchHub(folder, {
      CARILLON_STORE: `sqlite:${store ?? join(folder, "carillon.db")}`,
      ...(keepEntries !== undefined && { CARILLON_KEEP_ENTRIES: String(keepEntries) }),
    });
  },
};

/**
 * The hub as it is in production: tokens verified, durable before it answers, receipts, limits, metrics and logs on. Raised is, by
 * its setting, what no single user does.
 */
export async function launchHub(folder: string, env: NodeJS.ProcessEnv): Promise<Running> {
  const port = await freePort();
  const server = await launch({
    command: [process.execPath, MAIN],
    folder,
    port,
    env: {
      NODE_ENV: "production",
      CARILLON_PORT: String(port),
      CARILLON_TOKEN_KEYS: `${TOKEN_KEY.kid}:${TOKEN_KEY.secret.toString()}`,
      CARILLON_SENDS_AT_ONCE: "1000000",
      CARILLON_SENDS_PER_SECOND: "0",
      CARILLON_CONNECTIONS_PER_USER: "2000",
      ...env,
    },
    isReady: () => answers(`http://127.0.0.1:${port}/readyz`),
  });
  return { ...server, hasMetrics: true };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // Not yet.
  }
}
