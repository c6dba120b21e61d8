import { createHash } from "node:crypto";
import type { Draft, Refusal } from "@carillon/protocol";
import type { Hub } from "./hub.ts";
import { readOrRefused, type RewrittenOutcome, type SendOutcome } from "./outcome.ts";

/** What everybody of a broadcast gets. */
export type Message = Omit<Draft, "id" | "to">;

/** What became of it for one recipient; `id` is the draft's. */
export type Addressed = { readonly to: string; readonly id: string; readonly outcome: SendOutcome };

/**
 * The name of a broadcast: of what one application sends under one idempotency key. Each recipient's draft has an id that follows
 * from it, so that sending again is what sending a draft again is (P12), also to further recipients.
 */
export function broadcastId(application: string, key: string): string {
  return hash(`${application}\0${key}`);
}

/** Sends one message to each of these, a draft a recipient; all become durable together. */
export async function broadcast(
  hub: Hub,
  author: string,
  id: string,
  recipients: readonly string[],
  message: Message,
): Promise<readonly Addressed[]> {
  const drafts = recipients.map((to) => ({ ...message, to, id: draftId(id, to) }));
  const outcomes = await hub.sendAll(author, drafts);
  return drafts.flatMap((draft, n) =>
    outcomes.slice(n, n + 1).map((outcome) => ({ to: draft.to, id: draft.id, outcome })),
  );
}

/** Retracts (without `text`) or edits every draft of a broadcast that stands; tells how many there were. */
export async function rewriteBroadcast(
  hub: Hub,
  author: string,
  id: string,
  text: string | undefined,
): Promise<RewrittenOutcome> {
  let drafts = 0;
  for (let after = ""; ;) {
    const read = await readOrRefused(hub.inbox.drafts(author, `${id}-`, after, AT_ONCE));
    if (read.outcome === "refused") return read;
    const ids = read.value;
    const changed = await hub.rewriteAll(author, ids, text);
    if (changed.outcome === "refused") return changed;
    drafts += changed.drafts;
    const last = ids.at(-1);
    if (ids.length < AT_ONCE || last === undefined) return { outcome: "done", drafts };
    after = last.slice(id.length + 1);
  }
}

/** Whether a whole broadcast was refused for one reason, and which. */
export function commonRefusal(all: readonly Addressed[]): Refusal | undefined {
  const refusals = all.flatMap(({ outcome }) => (outcome.outcome === "refused" ? [outcome.refusal] : []));
  return refusals.length === all.length ? refusals[0] : undefined;
}

function draftId(id: string, to: string): string {
  return `${id}-${hash(to)}`;
}

/** 128 bits, in the characters of an id. */
function hash(text: string): string {
  return createHash("sha256").update(text).digest().subarray(0, 16).toString("base64url");
}

/** Drafts that change in one commit. */
const AT_ONCE = 500;
