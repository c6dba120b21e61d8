import * as z from "zod/mini";
import { limits } from "./limits.ts";

/** Why a well-formed request was not granted. `retryAfter` (milliseconds) is there when the same request may succeed later. */
export const Refusal = z.object({
  code: z.string(),
  message: z.string(),
  retryAfter: z.optional(z.int().check(z.nonnegative())),
});
export type Refusal = z.infer<typeof Refusal>;

/** One row a code: the sentence is for developers and logs; pages have their own words for each code. */
const MESSAGES = {
  emptyText: "The text is empty.",
  textTooLong: `The text is longer than ${limits.textLength} UTF-16 code units.`,
  malformedText: "The text holds a lone surrogate or a control character.",
  invalidTarget: `The target is not a uid: 1 to ${limits.uidBytes} bytes of well-formed UTF-8 without control characters.`,
  invalidThread: `The thread is not 1 to ${limits.threadLength} code units without control characters.`,
  invalidUrl: `The url is not an http(s) URL or a path of the page's origin, in the form of new URL(url).href, of at most ${limits.urlBytes} bytes.`,
  invalidData: `The data is over ${limits.dataBytes} bytes or ${limits.dataDepth} levels, or holds a key, number or string that is not allowed.`,
  invalidTtl: `The ttl is not 1 to ${limits.ttlSeconds} seconds.`,
  invalidUntil: "The time is over by the hub's clock, or more than a year ahead.",
  draftTooLarge: `The draft is over ${limits.draftBytes} bytes of JSON.`,
  tooManyMutes: `The user mutes ${limits.mutes} threads and authors already.`,
  conflict: "This id was used for another draft.",
  unknownDraft: "There is no such draft of yours, or it is retracted.",
  forbidden: "The token does not allow this.",
  tokenRefused: "The token is not one of this user's that holds.",
  unavailable: "The log cannot serve now, or nobody can be asked about the token.",
  rateLimited: "Too many requests of this user at once.",
} as const;

export type RefusalCode = keyof typeof MESSAGES;

/** The refusal of this code, with its sentence. */
export function refusal(code: RefusalCode, retryAfter?: number): Refusal & { code: RefusalCode } {
  const base = { code, message: MESSAGES[code] };
  return retryAfter === undefined ? base : { ...base, retryAfter };
}
