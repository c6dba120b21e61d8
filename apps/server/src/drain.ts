import { Close } from "@carillon/protocol";
import type { FastifyInstance } from "fastify";
import type { Hub } from "./hub/hub.ts";
import type { Bus, Inbox } from "./hub/ports.ts";
import type { Connections } from "./wire/connections.ts";
import { farewell } from "./wire/farewell.ts";
import { closeWithin } from "./wire/http.ts";

/** What has to end, in the order in which it does. Nothing new must come to it any more. */
export type Parts = {
  readonly connections: Connections;
  readonly http: FastifyInstance;
  readonly hub: Hub;
  readonly bus: Bus;
  readonly inbox: Inbox;
};

/**
 * Answers what is under way, sends everybody away, and commits what was accepted. The store has what is left of the budget
 * (milliseconds), and takes as long as it needs: whoever cannot wait has to end the process.
 */
export async function drain({ connections, http, hub, bus, inbox }: Parts, budget: number): Promise<void> {
  await farewell(connections, { why: Close.restarting, spread: budget * SPREAD, patience: budget * PATIENCE });
  await closeWithin(http, budget * LAST_WORDS);
  await hub.acknowledging.stored(); // Else what was shown comes again.
  await bus.close();
  await inbox.close();
}

/** Parts of the budget: to spread the goodbyes over, until those who linger are cut off, for requests that still come in. */
const SPREAD = 0.5;
const PATIENCE = 0.7;
const LAST_WORDS = 0.1;
