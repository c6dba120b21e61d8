import { type Inbox, InboxUnavailable } from "../hub/ports.ts";
import type { Append } from "../inbox/contract/bench.ts";
import { until } from "./until.ts";

/** Submits it again and again, as a client does, until the store serves. */
export async function untilStored(inbox: Inbox, change: Append): Promise<void> {
  await until(async () => {
    try {
      return (await inbox.commit([change])).length === 1;
    } catch (error) {
      if (error instanceof InboxUnavailable) return false;
      throw error;
    }
  }, "it is stored");
}
