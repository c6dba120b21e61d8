import * as z from "zod/mini";
import { limits } from "./limits.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { isThread, isUid, textFault } from "./text.ts";

/** The name that the sender's device gives a draft: (sender, id) is unique for as long as the log is kept (P12). */
export const DraftId = z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{1,${limits.idLength}}$`)));

/** What the sender submits. Its shape breaks the protocol if it is off; its content is judged by `draftFault`. */
export const Draft = z.object({
  id: DraftId,
  /** uid of the recipient. */
  to: z.string(),
  /** What the recipient reads, kept byte for byte. */
  text: z.string(),
  /** What the reply belongs to, in the application's own words. */
  thread: z.optional(z.string()),
});
export type Draft = z.infer<typeof Draft>;

/** Why this draft cannot be granted, or undefined if nothing in it stands against it (P11). Used by both sides. */
export function draftFault(draft: Draft): Refusal | undefined {
  if (!isUid(draft.to)) return refusal("invalidTarget");
  const fault = textRefusal(draft.text);
  if (fault !== undefined) return fault;
  if (draft.thread !== undefined && !isThread(draft.thread)) return refusal("invalidThread");
  return undefined;
}

/** Why this text cannot be a notification's, or undefined if it can (P5). */
export function textRefusal(text: string): Refusal | undefined {
  const fault = textFault(text);
  return fault === undefined ? undefined : refusal(TEXT_FAULTS[fault]);
}

const TEXT_FAULTS = { empty: "emptyText", tooLong: "textTooLong", malformed: "malformedText" } as const;
