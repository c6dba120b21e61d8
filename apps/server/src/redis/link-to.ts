import { Cluster } from "./cluster.ts";
import { Connection } from "./connection.ts";
import type { Link, LinkOptions, RedisAccess } from "./link.ts";
import { placeOf } from "./place.ts";
import { Sentinels } from "./sentinels.ts";

/** The way to what the URL names; not open yet. */
export function linkTo({ url, ...options }: RedisAccess & LinkOptions): Link {
  const place = placeOf(url);
  switch (place.topology) {
    case "server":
      return new Connection({ ...options, url: place.url });
    case "cluster":
      return new Cluster(place, options);
    case "sentinel":
      return new Sentinels(place, options);
    default:
      return place satisfies never;
  }
}
