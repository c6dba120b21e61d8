import { type Refusal, refusal, type Seq } from "@carillon/protocol";
import { type Appended, InboxUnavailable } from "./ports.ts";

export type RefusedOutcome = { readonly outcome: "refused"; readonly refusal: Refusal };

/** What the author is told. `seq` and `at` are those of the entry in the author's log. */
export type SendOutcome =
  | { readonly outcome: "sent"; readonly seq: Seq; readonly at: number; readonly duplicate: boolean }
  | RefusedOutcome;

/** What becomes of any other request that changes a log. */
export type DoneOutcome = { readonly outcome: "done" } | RefusedOutcome;

/** What becomes of several drafts that are edited or retracted together: how many there were to do it to. */
export type RewrittenOutcome = { readonly outcome: "done"; readonly drafts: number } | RefusedOutcome;

/** What a stored draft's author is told. */
export function sendOutcome(appended: Appended): SendOutcome {
  if (appended.outcome === "conflict") return refusedOutcome(refusal("conflict"));
  if (appended.outcome === "tooEarly") return refusedOutcome(refusal("rateLimited", appended.retryAfter));
  const { seq, at, outcome } = appended;
  return { outcome: "sent", seq, at, duplicate: outcome === "duplicate" };
}

/** The store cannot serve: try again. */
export function refusedFor({ retryAfter }: InboxUnavailable): RefusedOutcome {
  return refusedOutcome(refusal("unavailable", retryAfter));
}

export function refusedOutcome(why: Refusal): RefusedOutcome {
  return { outcome: "refused", refusal: why };
}

/** What was read, or that the store cannot serve. */
export async function readOrRefused<T>(
  reading: Promise<T>,
): Promise<{ readonly outcome: "read"; readonly value: T } | RefusedOutcome> {
  try {
    return { outcome: "read", value: await reading };
  } catch (error) {
    if (error instanceof InboxUnavailable) return refusedFor(error);
    throw error;
  }
}
