import { type Refusal, refusal, type Seq } from "@carillon/protocol";
import type { Appended, InboxUnavailable } from "./ports.ts";

export type RefusedOutcome = { readonly outcome: "refused"; readonly refusal: Refusal };

/** What the author is told. `seq` and `at` are those of the entry in the author's log. */
export type SendOutcome =
  | { readonly outcome: "sent"; readonly seq: Seq; readonly at: number; readonly duplicate: boolean }
  | RefusedOutcome;

/** What becomes of any other request that changes a log. */
export type DoneOutcome = { readonly outcome: "done" } | RefusedOutcome;

/** What a stored draft's author is told. */
export function sendOutcome(appended: Appended): SendOutcome {
  if (appended.outcome === "conflict") return refusedOutcome(refusal("conflict"));
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
