import { seededStore } from "../seed/seeded.ts";
import { carillonAlone, NOTHING_SENT, type Scenario } from "./scenario.ts";
import { serving } from "./serving.ts";

export const boot: Scenario = {
  name: "boot",
  about:
    "From the start of the process until it is ready (a notification of its own has arrived), on a log that has grown.",
  suits: carillonAlone,
  shown: [
    { figure: "bootMs", title: "grown: ready after ms", better: "less" },
    { figure: "emptyBootMs", title: "empty: ready after ms", better: "less" },
  ],
  run: async (peer, site) => {
    const store = await seededStore(site.scratch, site.size.users, site.size.entriesPerUser);
    const emptyBootMs = await serving(peer, site, {}, async (server) => server.bootMs);
    const bootMs = await serving(peer, site, { store }, async (server) => server.bootMs);
    if (bootMs === undefined || emptyBootMs === undefined) return undefined;
    return { figures: { bootMs, emptyBootMs }, balance: NOTHING_SENT };
  },
};
