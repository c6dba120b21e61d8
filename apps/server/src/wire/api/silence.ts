import { Counts, limits, MuteTarget, QuietTime, Seqs, Until } from "@carillon/protocol";
import * as z from "zod";
import type { Hub } from "../../hub/hub.ts";
import type { DoneOutcome } from "../../hub/outcome.ts";
import { readCounts, readSilence } from "../../hub/reading.ts";
import { problem } from "../problem.ts";
import { UserPath } from "./fields.ts";
import { type Answer, type Route, route } from "./route.ts";

/** What a user wants no bell for: what is put off, muted, or comes while it is to be quiet. */
export function silenceRoutes(hub: Hub): readonly Route[] {
  return [
    route(READ, ({ params }) => silenceOf(hub, params.uid)),
    route(SNOOZE, async ({ params, body }) =>
      after(await hub.snooze(params.uid, body.seqs, body.until), () => countsOf(hub, params.uid)),
    ),
    route(MUTE, async ({ params, body }) =>
      after(await hub.mute(params.uid, body.target, body.muted), () => silenceOf(hub, params.uid)),
    ),
    route(QUIET, async ({ params, body }) =>
      after(await hub.quiet(params.uid, body.until), () => silenceOf(hub, params.uid)),
    ),
  ];
}

async function after(outcome: DoneOutcome, read: () => Promise<Answer>): Promise<Answer> {
  return outcome.outcome === "refused" ? problem(outcome.refusal.code, outcome.refusal) : read();
}

async function countsOf(hub: Hub, uid: string): Promise<Answer> {
  const read = await readCounts(hub, uid);
  return read.outcome === "refused" ? problem(read.refusal.code, read.refusal) : { status: 200, body: read.value };
}

async function silenceOf(hub: Hub, uid: string): Promise<Answer> {
  const read = await readSilence(hub, uid);
  return read.outcome === "refused" ? problem(read.refusal.code, read.refusal) : { status: 200, body: read.value };
}

const Silence = z.object({
  mutes: z.array(MuteTarget).describe("Threads and authors that are muted, in the order in which they were."),
  quiet: z
    .optional(QuietTime)
    .describe(
      "Since which seq, and until when, it is to be quiet. It may be over: by its time or, with `over`, ended then.",
    ),
});
const until = z
  .optional(Until)
  .describe("Milliseconds since 1970, from now to a year ahead by the hub's clock. Without it, it is over.");
const user = { params: UserPath } as const;

/** As an example has to be: ahead, also for a hub that has run for a while. */
const NEXT_MONTH = Date.now() + 30 * 86_400_000;

const READ = {
  ...user,
  problems: ["unavailable"],
  method: "GET",
  path: "/v1/users/{uid}/silence",
  name: "readSilence",
  summary: "What a user wants no bell for",
  description: "What is muted, and how long it is to be quiet (rules P54, P55).",
  answers: { 200: { description: "As it stands now.", schema: Silence } },
  example: { params: { uid: "101" }, answer: { status: 200, body: { mutes: [] } } },
} as const;

const SNOOZE = {
  ...user,
  problems: ["invalidUntil", "unavailable"],
  method: "POST",
  path: "/v1/users/{uid}/snoozes",
  name: "snooze",
  summary: "Put a user's notifications off",
  description:
    "As one of the user's own devices does (rule P53): when the time comes, each comes again, as a new entry. Without `until` " +
    "they are not put off any more. Answered with the counts.",
  body: z.strictObject({
    seqs: Seqs.check(z.describe(`Which ones: 1 to ${limits.markedAtOnce} seqs of the user's log.`)),
    until,
  }),
  answers: { 200: { description: "The counts after it.", schema: Counts } },
  example: {
    params: { uid: "101" },
    body: { seqs: [1], until: NEXT_MONTH },
    answer: { status: 200, body: { unseen: 0, unread: 0, asOf: 3 } },
  },
} as const;

const MUTE = {
  ...user,
  problems: ["invalidThread", "invalidTarget", "tooManyMutes", "unavailable"],
  method: "POST",
  path: "/v1/users/{uid}/mutes",
  name: "mute",
  summary: "Mute a thread or an author for a user",
  description:
    `From now on what comes from there rings nowhere and is not counted (rule P54); with \`muted: false\` it does again. At most ${limits.mutes} ` +
    "of a user. Answered with all that is muted.",
  body: z.strictObject({ target: MuteTarget, muted: z.boolean() }),
  answers: { 200: { description: "As it stands after it.", schema: Silence } },
  example: {
    params: { uid: "101" },
    body: { target: { thread: "post-1" }, muted: true },
    answer: { status: 200, body: { mutes: [{ thread: "post-1" }] } },
  },
} as const;

const QUIET = {
  ...user,
  problems: ["invalidUntil", "unavailable"],
  method: "POST",
  path: "/v1/users/{uid}/quiet",
  name: "quiet",
  summary: "Let it be quiet for a user",
  description:
    "Until then the user's connections ring for nothing but what is of high priority (rule P55): for a user who said so elsewhere, " +
    "in a calendar perhaps. Without `until` it is over.",
  body: z.strictObject({ until }),
  answers: { 200: { description: "As it stands after it.", schema: Silence } },
  example: {
    params: { uid: "101" },
    body: { until: NEXT_MONTH },
    answer: {
      status: 200,
      body: { mutes: [{ thread: "post-1" }], quiet: { since: 5, until: NEXT_MONTH } },
    },
  },
} as const;
