import type { Down, Refusal, Up } from "@carillon/protocol";
import { isUid, refusal, threadsFault } from "@carillon/protocol";
import type { Grant } from "@carillon/protocol/token";
import type { Hub } from "./hub.ts";
import type { DoneOutcome, SendOutcome } from "./outcome.ts";
import { InboxUnavailable } from "./ports.ts";
import type { Watcher } from "./presence.ts";
import { submit } from "./submit.ts";

/** A message up that is answered. */
export type Request = Exclude<Up, { type: "hello" | "renew" | "ack" | "ping" }>;

/** Who asks, and what the token allows: both come from the token alone. */
export type Asker = Pick<Grant, "uid" | "withholdsReceipts" | "sendsTo">;

/** Grants or refuses what a client asks for; gives the answers, one or more. `watcher`: the connection, which hears of whom it asks to watch. */
export async function answer(hub: Hub, asker: Asker, request: Request, watcher: Watcher): Promise<readonly Down[]> {
  const { uid, withholdsReceipts, sendsTo } = asker;
  const early = tooEarly(hub, uid, request);
  if (early !== undefined) return [early];
  switch (request.type) {
    case "send":
      return (await submit(hub, asker, [request])).map((outcome) => sent(request.id, outcome));
    case "batch": {
      const outcomes = await submit(hub, asker, request.drafts);
      return request.drafts.flatMap(({ id }, n) => outcomes.slice(n, n + 1).map((outcome) => sent(id, outcome)));
    }
    case "mark": {
      const { id, mark, target } = request;
      return [done(id, await hub.mark({ uid, mark, target, withhold: withholdsReceipts }, hub.questions))];
    }
    case "snooze":
      return [done(request.id, await hub.snooze(uid, request.seqs, request.until, hub.questions))];
    case "mute":
      return [done(request.id, await hub.mute(uid, request.target, request.muted))];
    case "quiet":
      return [done(request.id, await hub.quiet(uid, request.until))];
    case "retract":
      return [done(request.id, await hub.retract(uid, request.draft))];
    case "edit":
      return [done(request.id, await hub.edit(uid, request.draft, request.text, sendsTo))];
    case "page":
      return [await history(hub, uid, request)];
    case "watch":
      return watched(hub, watcher, request);
    case "attend":
      return [await attended(hub, uid, watcher, request)];
    default:
      return request satisfies never;
  }
}

/** P51: what changes the logs of others is counted with the drafts, whose own count `submit` keeps; the rest by itself. */
function tooEarly(hub: Hub, uid: string, request: Request): Down | undefined {
  if (request.type === "send" || request.type === "batch") return undefined;
  const changesOthers = request.type === "edit" || request.type === "retract";
  const wait = (changesOthers ? hub.sends : hub.questions).take(uid);
  if (wait === 0) return undefined;
  const why = refusal("rateLimited", wait);
  hub.meter.refused(why.code);
  return refused(request.id, why);
}

function sent(id: string, outcome: SendOutcome): Down {
  if (outcome.outcome === "refused") return refused(id, outcome.refusal);
  const { seq, at, duplicate } = outcome;
  return duplicate ? { type: "sent", id, seq, at, duplicate } : { type: "sent", id, seq, at };
}

function done(id: string, outcome: DoneOutcome): Down {
  return outcome.outcome === "refused" ? refused(id, outcome.refusal) : { type: "done", id };
}

async function history(hub: Hub, uid: string, request: Extract<Request, { type: "page" }>): Promise<Down> {
  const { id, of, before, limit } = request;
  try {
    const { items, end } = await hub.inbox.page(uid, of, before, limit);
    return { type: "page", id, items: [...items], end };
  } catch (error) {
    if (!(error instanceof InboxUnavailable)) throw error;
    const why = refusal("unavailable", error.retryAfter);
    hub.meter.refused(why.code);
    return refused(id, why);
  }
}

/** P45 */
async function watched(
  { presence }: Hub,
  watcher: Watcher,
  { id, uids }: Extract<Request, { type: "watch" }>,
): Promise<Down[]> {
  if (!uids.every(isUid)) return [refused(id, refusal("invalidTarget"))];
  const users = [...(await presence.watch(watcher, uids))];
  const answered: Down = { type: "done", id };
  return users.length === 0 ? [answered] : [{ type: "presence", users }, answered];
}

/** P56 */
async function attended(
  hub: Hub,
  uid: string,
  watcher: Watcher,
  request: Extract<Request, { type: "attend" }>,
): Promise<Down> {
  const { id, threads } = request;
  const fault = threadsFault(threads);
  if (fault !== undefined) return refused(id, fault);
  await hub.attention.attend(watcher, uid, threads);
  return { type: "done", id };
}

function refused(id: string, why: Refusal): Down {
  return { type: "refused", id, ...why };
}
