import { join } from "node:path";
import { freePort } from "@carillon/e2e/machine/port.ts";
import { launch } from "./launch.ts";
import type { Peer } from "./peer.ts";

export const plainWs: Peer = {
  name: "ws",
  about: "bare `ws`: JSON in, forward to every tab, acknowledge; keeps nothing",
  dialect: "plain",
  start: async (folder) => {
    const port = await freePort();
    return launch({
      command: [process.execPath, join(import.meta.dirname, "plain-ws-program.ts"), String(port)],
      folder,
      port,
    });
  },
};
