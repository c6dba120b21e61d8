import * as z from "zod/mini";
import type { QuietTime } from "./entry.ts";
import { limits } from "./limits.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { isThread, isUid } from "./text.ts";

/** What a user wants no bell for: whatever belongs to a thread, or whatever somebody writes (P54). */
export const MuteTarget = z.union([z.object({ thread: z.string() }), z.object({ from: z.string() })]);
export type MuteTarget = z.infer<typeof MuteTarget>;

/** Until when something holds, in milliseconds since 1970 by the hub's clock. */
export const Until = z.int();
export type Until = z.infer<typeof Until>;

/** Whether two targets are the same. */
export function isSameMute(one: MuteTarget, other: MuteTarget): boolean {
  if ("thread" in one) return "thread" in other && one.thread === other.thread;
  return "from" in other && one.from === other.from;
}

/** Why this cannot be muted, or undefined if it can. */
export function muteFault(target: MuteTarget): Refusal | undefined {
  if ("thread" in target) return isThread(target.thread) ? undefined : refusal("invalidThread");
  return isUid(target.from) ? undefined : refusal("invalidTarget");
}

/** Whether it is to be quiet at a time, in milliseconds since 1970 (P55). */
export function isQuiet(quiet: QuietTime | undefined, at: number): quiet is QuietTime {
  return quiet !== undefined && quiet.over !== true && at < quiet.until;
}

/** Why something cannot hold until then, or undefined if it can (P53, P55). No time at all ends it, and always can. */
export function untilFault(until: Until | undefined, now: number): Refusal | undefined {
  if (until === undefined || (until >= now && until <= now + limits.aheadMs)) return undefined;
  return refusal("invalidUntil");
}

/** Why these threads cannot be attended, or undefined if they can (P56). */
export function threadsFault(threads: readonly string[]): Refusal | undefined {
  return threads.every(isThread) ? undefined : refusal("invalidThread");
}
