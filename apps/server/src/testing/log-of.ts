import type { Entry } from "@carillon/protocol";
import type { Inbox } from "../hub/ports.ts";
import { entryIn } from "../hub/written.ts";

/** The whole log of a user, oldest first. */
export async function logOf(inbox: Inbox, uid: string): Promise<readonly Entry[]> {
  return (await inbox.read(uid, 0, MOST)).entries.map(entryIn);
}

/** More than any test writes into one log. */
const MOST = 100_000;
