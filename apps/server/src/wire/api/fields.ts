import { Data, isApplication, isUid, limits, Priority } from "@carillon/protocol";
import * as z from "zod";
import { problem } from "../problem.ts";
import type { Answer } from "./route.ts";

/** A user's name in a path. */
export const Uid = z
  .string()
  .refine(isUid, `must be a uid: 1 to ${limits.uidBytes} bytes of UTF-8 without control characters`)
  .describe("Who the user is, percent-encoded: 1 to 128 bytes of UTF-8 without control characters.");

export const UserPath = z.strictObject({ uid: Uid });

/** Whose draft it is, when it is not the application's own. */
export const From = z
  .string()
  .describe(
    "uid of the author, such as the one who answered. Without it the author is the application: `app:` and its key's name.",
  );

export const text = z.string().describe("What the recipient reads: 1 to 4,000 UTF-16 code units, kept byte for byte.");

/** What a draft says beside its text (P35 to P38). */
export const extras = {
  thread: z.string().optional().describe("What it belongs to, in the application's own words: up to 128 code units."),
  url: z
    .string()
    .optional()
    .describe(
      "Where it leads: an http(s) URL or a path of the page's origin, in the form of `new URL(url).href`, up to 1,024 bytes.",
    ),
  data: z
    .optional(Data)
    .describe("What the application tells its own page: a JSON object of up to 4,096 bytes and 16 levels."),
  priority: z.optional(Priority).describe("`low` does not ring, `high` interrupts."),
  ttl: z.int().optional().describe("Seconds, 1 to 31,536,000, after which the hub retracts it."),
};

/** The uid of the author that a request means, or the problem that it has none. */
export function authorOf(
  application: string,
  from: string | undefined,
): { readonly uid: string } | { readonly fault: Answer } {
  const own = `app:${application}`;
  if (from === undefined || from === own) return { uid: own };
  return isUid(from) && !isApplication(from) ? { uid: from } : { fault: problem("invalidAuthor") };
}
