import { describe } from "vitest";
import type { Store } from "./bench.ts";
import { historyContract } from "./history.ts";
import { lapsingContract } from "./lapsing.ts";
import { markingContract } from "./marking.ts";
import { resumingContract } from "./resuming.ts";
import { retentionContract } from "./retention.ts";
import { revokingContract } from "./revoking.ts";
import { rewritingContract } from "./rewriting.ts";
import { sendingContract } from "./sending.ts";

/** What every implementation of `Inbox` and `Revocations` must do. `stores` makes an empty store. */
export function inboxContract(name: string, stores: () => Promise<Store>): void {
  describe(`${name} keeps the contract of the inbox`, () => {
    for (const contract of CONTRACTS) contract(stores);
  });
}

const CONTRACTS = [
  sendingContract,
  resumingContract,
  markingContract,
  rewritingContract,
  historyContract,
  retentionContract,
  revokingContract,
  lapsingContract,
];
