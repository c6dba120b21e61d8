import { Counts, Entry, MarkName, MarkTarget, Position } from "@carillon/protocol";
import * as z from "zod";
import type { Hub } from "../../hub/hub.ts";
import { readOrRefused } from "../../hub/outcome.ts";
import { readCounts, readLog } from "../../hub/reading.ts";
import { problem } from "../problem.ts";
import { UserPath } from "./fields.ts";
import { type Route, route } from "./route.ts";

/** What stands in a user's log, and who of the users is here. */
export function userRoutes(hub: Hub): readonly Route[] {
  return [
    route(LOG, async ({ params, query: { after, before, limit } }) => {
      if (after !== undefined && before !== undefined)
        return problem("badRequest", { message: "query: after or before, not both" });
      const place = after !== undefined ? { after } : before !== undefined ? { before } : ({ at: "end" } as const);
      const read = await readLog(hub, params.uid, place, limit);
      return read.outcome === "refused" ? problem(read.refusal.code, read.refusal) : { status: 200, body: read.value };
    }),
    route(COUNTS, async ({ params }) => {
      const read = await readCounts(hub, params.uid);
      return read.outcome === "refused" ? problem(read.refusal.code, read.refusal) : { status: 200, body: read.value };
    }),
    route(MARKS, async ({ params, body }) => {
      const marked = await hub.mark({ uid: params.uid, mark: body.mark, target: body.target, withhold: false });
      if (marked.outcome === "refused") return problem(marked.refusal.code, marked.refusal);
      const read = await readCounts(hub, params.uid);
      return read.outcome === "refused" ? problem(read.refusal.code, read.refusal) : { status: 200, body: read.value };
    }),
    route(PRESENCE, async ({ params }) => ({ status: 200, body: presence(await hub.online(params.uid)) })),
    route(DISCONNECT, async ({ params }) => {
      const read = await readOrRefused(hub.gate.disconnect(params.uid));
      if (read.outcome === "refused") return problem(read.refusal.code, read.refusal);
      return { status: 200, body: { connections: read.value } };
    }),
  ];
}

function presence(connections: number): z.infer<typeof Presence> {
  return { online: connections > 0, connections };
}

const Seq = z.coerce.number().int().nonnegative();
const Stretch = z.object({
  position: Position.check(z.meta({ description: "Of the last entry that is given." })),
  counts: Counts.check(z.meta({ description: "`asOf` is the newest seq of the log." })),
  entries: z.array(Entry).describe("Contiguous, oldest first, as they stand now."),
});
const Presence = z.object({
  online: z.boolean(),
  connections: z.int().describe("How many connections the user has, to all hubs that share the store."),
});
const user = { params: UserPath, problems: ["unavailable"] } as const;

const LOG = {
  ...user,
  method: "GET",
  path: "/v1/users/{uid}/log",
  name: "readLog",
  summary: "Read a user's log",
  description:
    "Every entry that the user's own connections get (rule P10), in order, without a gap, and without acknowledging anything. " +
    "Follow a log with `after` = the last `position.seq`; there is more while that is under `counts.asOf`. Without `after` and " +
    "`before`, the newest entries. An application's own log, `app:` and its name, tells what became of what it sent.",
  query: z.strictObject({
    after: Seq.optional().describe("Entries after this seq."),
    before: Seq.optional().describe("The entries right before this seq."),
    limit: z.coerce.number().int().min(1).max(100).default(50).describe("How many at most: 1 to 100."),
  }),
  answers: { 200: { description: "A stretch of the log.", schema: Stretch } },
  example: {
    params: { uid: "101" },
    query: { after: "0", limit: "10" },
    answer: {
      status: 200,
      body: {
        position: { epoch: "V1StGXR8_Z5jdHi6B-myT", seq: 1 },
        counts: { unseen: 1, unread: 1, asOf: 1 },
        entries: [
          {
            kind: "notification",
            seq: 1,
            at: 1795385798166,
            from: "app:demo",
            id: "TVjENMYhC1hxSODYMKiQEw-Ftw2iom0KLJIVIQxO6Z6OQ",
            text: "The build is broken.",
          },
        ],
      },
    },
  },
} as const;

const COUNTS = {
  ...user,
  method: "GET",
  path: "/v1/users/{uid}/counts",
  name: "readCounts",
  summary: "How many of a user's notifications are not seen, not read",
  description: "As of the newest entry of the user's log (rule P25): the number for a badge that your own pages draw.",
  answers: { 200: { description: "The counts.", schema: Counts } },
  example: { params: { uid: "101" }, answer: { status: 200, body: { unseen: 1, unread: 1, asOf: 1 } } },
} as const;

const MARKS = {
  ...user,
  method: "POST",
  path: "/v1/users/{uid}/marks",
  name: "mark",
  summary: "Mark a user's notifications",
  description:
    "As one of the user's own devices does (rule P23): for a user who did the thing elsewhere. Answered with the counts.",
  body: z.strictObject({ mark: MarkName, target: MarkTarget }),
  answers: { 200: { description: "The counts after it.", schema: Counts } },
  example: {
    params: { uid: "101" },
    body: { mark: "read", target: { upTo: 1 } },
    answer: { status: 200, body: { unseen: 0, unread: 0, asOf: 2 } },
  },
} as const;

const PRESENCE = {
  ...user,
  problems: [],
  method: "GET",
  path: "/v1/users/{uid}/presence",
  name: "readPresence",
  summary: "Whether a user is here",
  description: "Whether there are connections, and how many. None is no reason not to send: the notification waits.",
  answers: { 200: { description: "Who is here now.", schema: Presence } },
  example: { params: { uid: "101" }, answer: { status: 200, body: { online: false, connections: 0 } } },
} as const;

const DISCONNECT = {
  ...user,
  method: "POST",
  path: "/v1/users/{uid}/disconnect",
  name: "disconnect",
  summary: "Hang up all connections of a user",
  description:
    "They are closed with 4010 and come back, with a token that is asked for anew: for a user whose rights have changed. Where " +
    "hubs share a store they are told, and where one cannot be told this is refused as unavailable; asked again, it is done again. To shut " +
    "a user out, see /v1/revocations.",
  answers: {
    200: {
      description: "They are told.",
      schema: z.object({ connections: z.int().describe("How many there were.") }),
    },
  },
  example: { params: { uid: "101" }, answer: { status: 200, body: { connections: 0 } } },
} as const;
