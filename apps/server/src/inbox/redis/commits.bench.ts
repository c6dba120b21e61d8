import { join } from "node:path";
import { it } from "vitest";
import { RedisServer } from "../../../../../e2e/machine/redis.ts";
import type { Inbox } from "../../hub/ports.ts";
import { fail, temporaryPlace } from "../../testing/place.ts";
import { redisPlace } from "../../testing/redis-place.ts";
import { draft } from "../contract/bench.ts";
import { openSqliteInbox } from "../sqlite/inbox.ts";

/** What it costs to store on Redis, beside SQLite: `vitest bench apps/server/src/inbox/redis`. */
it.for([1, 200])("%i drafts at once, of as many authors", { timeout: 60_000 }, async (width, { bench }) => {
  const { path, remove } = await temporaryPlace();
  await using everysec = await RedisServer.start();
  await using always = await RedisServer.start("--appendfsync", "always");
  const sqlite = await openSqliteInbox({ file: join(path, "carillon.db"), onFatal: fail });
  const [second, each] = await Promise.all([redisPlace(everysec).open(), redisPlace(always).open()]);
  let count = 0;
  const sends = (inbox: Inbox) => async () => {
    const id = `d${++count}`;
    await Promise.all(Array.from({ length: width }, (_, n) => inbox.commit([draft(`a${n}`, `r${n}`, id)])));
  };

  await bench.compare(
    bench("sqlite", sends(sqlite)),
    bench("redis, everysec", sends(second)),
    bench("redis, always", sends(each)),
    { time: 3_000 },
  );
  await Promise.all([sqlite.close(), second.close(), each.close()]);
  await remove();
});
