import { ErrorReply } from "@redis/client";
import { InboxUnavailable } from "../hub/ports.ts";

/**
 * What an error of a command means: the store cannot serve, or, thrown as it is, a bug. A command that broke off or took too long
 * may have happened all the same; whatever this store does can be asked again.
 */
export function unavailableFor(error: unknown): InboxUnavailable {
  if (error instanceof InboxUnavailable) return error;
  if (!(error instanceof Error)) throw error;
  if (error instanceof ErrorReply && !PASSING.has(codeOf(error))) throw error;
  return new InboxUnavailable(`Redis cannot serve: ${error.message}`);
}

/** This server takes writes no more: another one is, or will be, the master. */
export function isDemoted(error: unknown): boolean {
  return error instanceof ErrorReply && codeOf(error) === "READONLY";
}

/** The server has lost the functions: it was restarted without its data, or somebody flushed them. */
export function isFunctionMissing(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.includes("Function not found");
}

/** The first word of what Redis answers. */
function codeOf({ message }: Error): string {
  return /^[A-Z]+/.exec(message)?.[0] ?? "";
}

/** Loading, full, its disk does not follow, no master, not enough replicas, busy with a script, no longer allowed in. */
const PASSING: ReadonlySet<string> = new Set([
  "LOADING",
  "OOM",
  "MISCONF",
  "READONLY",
  "MASTERDOWN",
  "NOREPLICAS",
  "CLUSTERDOWN",
  "TRYAGAIN",
  "BUSY",
  "NOAUTH",
  "WRONGPASS",
]);
