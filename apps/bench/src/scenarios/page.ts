import { join } from "node:path";
import type { Outcome } from "../load/order.ts";
import { openBrowser } from "../page/browser.ts";
import { costOfFeed } from "../page/feed.ts";
import { timeToasts } from "../page/toasts.ts";
import { fillFeed } from "../seed/feed.ts";
import { carillonAlone, NOTHING_SENT, type Scenario } from "./scenario.ts";
import { serving } from "./serving.ts";

const READER = "reader";

export const page: Scenario = {
  name: "page",
  about:
    "In Chromium: from the press of Send to the toast painted in another tab; and what a long feed costs the page's thread.",
  suits: carillonAlone,
  shown: [
    { figure: "toastP50Ms", title: "toast p50 ms", better: "less" },
    { figure: "toastP95Ms", title: "toast p95 ms", better: "less" },
    { figure: "feedPerScreenMs", title: "long feed: ms a screen", better: "less" },
    { figure: "feedFetchedMs", title: "all of it fetched: ms", better: "less" },
    { figure: "feedDrawnRows", title: "rows drawn", better: "less" },
  ],
  run: async (peer, site) => {
    await using browser = await openBrowser();
    const { rings, feed } = site.size;
    const prepare = (folder: string) => fillFeed(join(folder, "carillon.db"), READER, feed);
    // Awaited here: the browser ends with this block.
    return await serving(peer, site, { prepare, keepEntries: 2 * feed + 100 }, async ({ port }): Promise<Outcome> => {
      const { milliseconds } = await timeToasts(browser, port, rings);
      const { fetchedMs, perScreenMs, drawnRows } = await costOfFeed(browser, port, READER);
      return {
        figures: {
          ...milliseconds.percentiles("toast"),
          feedFetchedMs: fetchedMs,
          feedPerScreenMs: perScreenMs,
          feedDrawnRows: drawnRows,
        },
        balance: { ...NOTHING_SENT, sent: rings, acknowledged: rings, delivered: rings },
      };
    });
  },
};
