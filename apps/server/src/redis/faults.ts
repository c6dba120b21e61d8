import { ErrorReply } from "@redis/client";
import { InboxUnavailable } from "../hub/ports.ts";

/**
 * What an error of a command means: the store cannot serve, or, thrown as it is, a bug. A command that broke off or took too long
 * may have happened all the same; whatever this store does can be asked again.
 */
export function unavailableFor(error: unknown): InboxUnavailable {
  if (error instanceof InboxUnavailable) return error;
  if (!(error instanceof Error)) throw error;
  const isPassing = isDemoted(error) || isWithoutFile(error) || PASSING.has(codeOf(error));
  if (error instanceof ErrorReply && !isPassing) throw error;
  return new InboxUnavailable(`Redis cannot serve: ${error.message}`);
}

/** This server takes writes no more, nor asks replicas: another one is, or will be, the master. */
export function isDemoted(error: unknown): boolean {
  if (!(error instanceof ErrorReply)) return false;
  return /^(READONLY|UNBLOCKED) |^ERR WAIT(AOF)? cannot be used with replica/.test(error.message);
}

/** This server was set anew: it keeps no file any more that could be asked about. */
export function isWithoutFile(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("ERR WAITAOF cannot be used when numlocal");
}

/** The server has lost the functions: it was restarted without its data, or somebody flushed them. */
export function isFunctionMissing(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.includes("Function not found");
}

/** The server has a library of this name. */
export function isLibraryThere(error: unknown): boolean {
  return error instanceof ErrorReply && /Library '\w+' already exists/.test(error.message);
}

/** Where a node of a cluster says that a key is: there from now on, or, while its slot moves, for this once. */
export type Redirection = { readonly kind: "MOVED" | "ASK"; readonly to: string };

/** @param host of the node that said it: where it names none, it means its own. */
export function redirectionIn(error: unknown, host: string): Redirection | undefined {
  if (!(error instanceof ErrorReply)) return undefined;
  const [, kind, name = "", port] = /^(MOVED|ASK) \d+ (.*):(\d+)$/.exec(error.message) ?? [];
  if (kind !== "MOVED" && kind !== "ASK") return undefined;
  return { kind, to: `${name === "" ? host : name}:${port}` };
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
  "MASTERDOWN",
  "NOREPLICAS",
  "CLUSTERDOWN",
  "TRYAGAIN",
  "BUSY",
  "NOAUTH",
  "WRONGPASS",
]);
