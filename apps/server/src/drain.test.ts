import { join } from "node:path";
import fastify from "fastify";
import { expect, it } from "vitest";
import { localBus } from "./bus/local.ts";
import { drain } from "./drain.ts";
import { Hub } from "./hub/hub.ts";
import { Session, startOf } from "./hub/session.ts";
import { openSqliteInbox } from "./inbox/sqlite/inbox.ts";
import { grantOf } from "./testing/grants.ts";
import { MemoryLine } from "./testing/memory-line.ts";
import { fail, temporaryPlace } from "./testing/place.ts";
import { Connections } from "./wire/connections.ts";

it("[P14] [P15] what was acknowledged a moment before the hub ends is stored, so that nothing comes twice", async () => {
  const place = await temporaryPlace();
  const open = () => openSqliteInbox({ file: join(place.path, "carillon.db"), onFatal: fail });
  const [inbox, bus] = [await open(), localBus()];
  const hub = new Hub({ inbox, revocations: inbox, bus, connections: "all", now: Date.now });
  const line = new MemoryLine();
  const session = new Session(hub, "session", grantOf("101"), line);
  await session.open(startOf(undefined));
  session.follow();
  await hub.send("100", { id: "d1", to: "101", text: "Shown." });
  await line.received(1);
  expect(session.ack(1)).toBe(true);
  await drain({ connections: new Connections(), http: fastify(), hub, bus, inbox }, 1_000);

  const again = await open();
  expect((await again.open("101", { from: "acked" })).position.seq).toBe(1);
  await again.close();
  await place.remove();
});
