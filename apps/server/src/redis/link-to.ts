import { InboxUnavailable } from "../hub/ports.ts";
import { Cluster } from "./cluster.ts";
import { Connection, type Send, type Served } from "./connection.ts";
import type { Link, LinkOptions, RedisAccess } from "./link.ts";
import { placeOf } from "./place.ts";
import { Sentinels } from "./sentinels.ts";

/** The way to what the URL names; not open yet. */
export function linkTo({ url, ...options }: RedisAccess & LinkOptions): Link {
  const place = placeOf(url);
  switch (place.topology) {
    case "server":
      return new Connection({ ...options, url: place.url, prepare: (send, by) => preparedAlone(send, by, options) });
    case "cluster":
      return new Cluster(place, options);
    case "sentinel":
      return new Sentinels(place, options);
    default:
      return place satisfies never;
  }
}

/** One node of several would send away whoever asks for what others have. */
async function preparedAlone(send: Send, by: Served["by"], { prepare }: LinkOptions): Promise<void> {
  const size = await sizeOfCluster(send);
  if (size > 1) throw new Error("This Redis is a node of a cluster: name it as redis+cluster://HOST:PORT.");
  await prepare(send, by);
}

/** Masters that have slots; 0 where there is no cluster, or nobody may ask. */
async function sizeOfCluster(send: Send): Promise<number> {
  try {
    return Number(/cluster_size:(\d+)/.exec(await send<string>(["CLUSTER", "INFO"]))?.[1] ?? 0);
  } catch (error) {
    if (error instanceof InboxUnavailable) throw error;
    return 0;
  }
}
