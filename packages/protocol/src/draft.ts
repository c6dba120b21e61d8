import * as z from "zod/mini";
import { Data, isData } from "./data.ts";
import { limits } from "./limits.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { fitsUtf8, isThread, isUid, textFault } from "./text.ts";
import { isUrl } from "./url.ts";

/** The name that the sender's device gives a draft: (sender, id) is unique for as long as the log is kept (P12). */
export const DRAFT_ID = new RegExp(`^[A-Za-z0-9_-]{1,${limits.idLength}}$`);
export const DraftId = z.string().check(z.regex(DRAFT_ID));

/** How much a notification asks of its recipient's attention: low does not ring, high interrupts (P37). Without it: as usual. */
export const Priority = z.enum(["low", "high"]);
export type Priority = z.infer<typeof Priority>;

/** What the sender submits. Its shape breaks the protocol if it is off; its content is judged by `draftFault`. */
export const Draft = z.object({
  id: DraftId,
  /** uid of the recipient. */
  to: z.string(),
  /** What the recipient reads, kept byte for byte. */
  text: z.string(),
  /** What the reply belongs to, in the application's own words. */
  thread: z.optional(z.string()),
  /** Where the notification leads (P35). */
  url: z.optional(z.string()),
  /** What the application tells its page (P36). */
  data: z.optional(Data),
  priority: z.optional(Priority),
  /** Seconds after which the hub retracts it (P38). */
  ttl: z.optional(z.int()),
});
export type Draft = z.infer<typeof Draft>;

/** Why this draft cannot be granted, or undefined if nothing in it stands against it (P11). Used by both sides. */
export function draftFault(draft: Draft): Refusal | undefined {
  const { to, text, thread, url, data, ttl } = draft;
  if (!isUid(to)) return refusal("invalidTarget");
  const fault = textRefusal(text);
  if (fault !== undefined) return fault;
  if (thread !== undefined && !isThread(thread)) return refusal("invalidThread");
  if (url !== undefined && !isUrl(url)) return refusal("invalidUrl");
  if (data !== undefined && !isData(data)) return refusal("invalidData");
  if (ttl !== undefined && (ttl < 1 || ttl > limits.ttlSeconds)) return refusal("invalidTtl");
  return isShort(draft) || fitsUtf8(JSON.stringify(fieldsOf(draft)), limits.draftBytes)
    ? undefined
    : refusal("draftTooLarge");
}

/** Most need not be encoded to be known to fit: no character takes more than six bytes of JSON. */
function isShort({ id, to, text, thread = "", url = "", data }: Draft): boolean {
  const characters = id.length + to.length + text.length + thread.length + url.length;
  return data === undefined && 6 * characters + OTHER_BYTES <= limits.draftBytes;
}

/** Of the names of all fields, and of the short ones. */
const OTHER_BYTES = 200;

/** Why this text cannot be a notification's, or undefined if it can (P5). */
export function textRefusal(text: string): Refusal | undefined {
  const fault = textFault(text);
  return fault === undefined ? undefined : refusal(TEXT_FAULTS[fault]);
}

const TEXT_FAULTS = { empty: "emptyText", tooLong: "textTooLong", malformed: "malformedText" } as const;

/** Without what else an object may carry. */
function fieldsOf({ id, to, text, thread, url, data, priority, ttl }: Draft): Draft {
  return { id, to, text, thread, url, data, priority, ttl };
}
