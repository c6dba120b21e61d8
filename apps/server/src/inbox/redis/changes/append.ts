import type { Notification } from "@carillon/protocol";
import type { Appended, Change, Growth, Pace } from "../../../hub/ports.ts";
import { digestOf } from "../../digest.ts";
import { Growths } from "../growth.ts";
import { noteDue } from "../notes.ts";
import { receivedBody, sentBody } from "../rows.ts";
import type { Store } from "../store.ts";

type Append = Extract<Change, { op: "append" }>;

/**
 * Takes drafts in three steps, each on one log and each the same however often it is done. The author claims the id: what it stands
 * for is decided, and nobody sees anything. The recipient receives the notification, once for each claim. The author has it sent.
 * Only then is anybody answered (P6). Who stops in between has promised nothing; a resend finds the claim and goes on where it
 * ended, so nothing is lost or doubled. Drafts go side by side, each recipient's in their order.
 */
export async function append(store: Store, drafts: readonly Append[]): Promise<readonly Appended[]> {
  const claims = await Promise.all(drafts.map((draft) => claim(store, draft)));
  if (drafts.some(({ ttl }) => ttl !== undefined)) await store.confirm(); // A note is there before what it is about.
  const received = await Promise.all(claims.map(async (each) => (each.at === "claimed" ? receive(store, each) : [])));
  await store.confirm(); // Once the author has it sent, nobody asks again whether it was received.
  return Promise.all(
    claims.map(async (each, n) => (each.at === "claimed" ? sent(store, each, received[n] ?? []) : each.appended)),
  );
}

/** What became of the first step: the draft is this author's to send, or there is nothing to do. */
type Claim =
  | { readonly at: "claimed"; readonly draft: Append; readonly ref: string; readonly digest: string }
  | { readonly at: "settled"; readonly appended: Appended };

type Claimed = Extract<Claim, { at: "claimed" }>;

async function claim(store: Store, draft: Append): Promise<Claim> {
  const digest = digestOf(draft);
  const pace = draft.rate === undefined ? [] : paceOf(draft.rate);
  const [{ said }] = await Promise.all([
    store.write<ClaimSaid>("claim", draft.from, draft.at, draft.id, digest, digest.slice(0, REF_LENGTH), ...pace),
    draft.ttl === undefined ? undefined : noteDue(store, draft.to, endOf(draft.at, draft.ttl)),
  ]);
  switch (said[0]) {
    case "conflict":
      return { at: "settled", appended: { outcome: "conflict" } };
    case "tooEarly":
      return { at: "settled", appended: { outcome: "tooEarly", retryAfter: said[1] } };
    case "known":
      return { at: "settled", appended: { outcome: "duplicate", seq: said[1], at: said[2] } };
    case "claimed":
      // The time of the first attempt: the recipient may have it already.
      return { at: "claimed", draft: { ...draft, at: said[2] }, ref: said[1], digest };
    default:
      return said satisfies never;
  }
}

type ClaimSaid =
  | readonly ["conflict"]
  | readonly ["tooEarly", wait: number]
  | readonly ["known", seq: number, at: number]
  | readonly ["claimed", ref: string, at: number];

/** Each hub keeps the same rate by itself; what it granted may come here in less time than it took there. */
function paceOf({ atOnce, perSecond, longestWait }: Pace): readonly number[] {
  return [Math.ceil(atOnce * LEEWAY) + 1, perSecond, longestWait];
}

async function receive(store: Store, { draft, ref }: Claimed): Promise<readonly Growth[]> {
  const { from, to, id, thread, at } = draft;
  const notification = notificationOf(draft);
  const { expiresAt = "" } = notification;
  const body = receivedBody(notification, ref);
  const args = [from, id, ref, thread ?? "", expiresAt, body] as const;
  const { growth, counts, epoch } = await store.write("receive", to, at, ...args);
  // It was there already: whoever stored it may not have come to ring.
  return growth.length > 0 ? growth : [{ uid: to, entries: [], counts, epoch }];
}

async function sent(store: Store, { draft, ref, digest }: Claimed, received: readonly Growth[]): Promise<Appended> {
  const { from, to, id, text, thread, at } = draft;
  const body = sentBody({ kind: "sent", at, to, id, text, ...(thread !== undefined && { thread }) }, ref, digest);
  const { said, growth } = await store.write<SentSaid>("sent", from, at, id, body);
  // Somebody else sent the same at the same time, was first, and rings for it.
  if (said[0] === "known") return { outcome: "duplicate", seq: said[1], at: said[2] };
  const growths = new Growths();
  growths.add(...received, ...growth);
  return { outcome: "stored", seq: said[1], at, growth: growths.all() };
}

type SentSaid = readonly ["known", seq: number, at: number] | readonly ["stored", seq: number];

function notificationOf({ from, id, text, thread, url, data, priority, ttl, attended, at }: Append) {
  return {
    kind: "notification",
    at,
    from,
    id,
    text,
    ...(thread !== undefined && { thread }),
    ...(url !== undefined && { url }),
    ...(data !== undefined && { data }),
    ...(priority !== undefined && { priority }),
    ...(ttl !== undefined && { expiresAt: endOf(at, ttl) }),
    ...(attended && { attended: true as const }),
  } satisfies Omit<Notification, "seq">;
}

function endOf(at: number, ttl: number): number {
  return at + ttl * 1_000;
}

/** How many times as much at once all hubs together take as one does. */
const LEEWAY = 1.1;

/**
 * Characters that tell two drafts of one author and one id apart, the first of which is forgotten. They follow from the body: a claim
 * that Redis has lost, and that is made again, finds what was received by it.
 */
export const REF_LENGTH = 8;
