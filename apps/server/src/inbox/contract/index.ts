import { describe } from "vitest";
import { archivingContract } from "./archiving.ts";
import type { Store } from "./bench.ts";
import { historyContract } from "./history.ts";
import { lapsingContract } from "./lapsing.ts";
import { markingContract } from "./marking.ts";
import { mutingContract } from "./muting.ts";
import { quietingContract } from "./quieting.ts";
import { resumingContract } from "./resuming.ts";
import { retentionContract } from "./retention.ts";
import { revokingContract } from "./revoking.ts";
import { rewritingContract } from "./rewriting.ts";
import { sendingContract } from "./sending.ts";
import { snoozingContract } from "./snoozing.ts";

const CONTRACTS = [
  sendingContract,
  resumingContract,
  markingContract,
  rewritingContract,
  historyContract,
  retentionContract,
  revokingContract,
  lapsingContract,
  archivingContract,
  snoozingContract,
  mutingContract,
  quietingContract,
];

/**
 * What every implementation of `Inbox` and `Revocations` must do.
 * @param stores makes an empty store
 * @param contracts for one that stands before another which is held to all of them
 */
export function inboxContract(name: string, stores: () => Promise<Store>, contracts = CONTRACTS): void {
  describe(`${name} keeps the contract of the inbox`, () => {
    for (const contract of contracts) contract(stores);
  });
}
