import { DraftId } from "@carillon/protocol";
import { nanoid } from "nanoid";
import * as z from "zod";
import { type Addressed, broadcast, broadcastId, commonRefusal } from "../../hub/broadcast.ts";
import type { Hub } from "../../hub/hub.ts";
import { problem, type ProblemCode } from "../problem.ts";
import { authorOf, extras, From, text } from "./fields.ts";
import { type Answer, type Route, route } from "./route.ts";

/** Sends, and changes what was sent to one recipient. */
export function notificationRoutes(hub: Hub): readonly Route[] {
  return [
    route(POST, async ({ application, headers, body: { to, from, ...message } }) => {
      const author = authorOf(application, from);
      if ("fault" in author) return author.fault;
      const id = broadcastId(application, headers["idempotency-key"] ?? nanoid());
      return posted(id, await broadcast(hub, author.uid, id, [to].flat(), message));
    }),
    route(PATCH, async ({ application, params, body }) => {
      const author = authorOf(application, body.from);
      if ("fault" in author) return author.fault;
      return done(await hub.edit(author.uid, params.id, body.text));
    }),
    route(DELETE, async ({ application, params, query }) => {
      const author = authorOf(application, query.from);
      return "fault" in author ? author.fault : done(await hub.retract(author.uid, params.id));
    }),
  ];
}

const RECIPIENTS = 1_000;
const one = z.strictObject({ id: z.string().describe("The id of one recipient's draft, from the answer to POST.") });
/** Without what only some of them have, so that their ids can be said in a schema. */
const Stored = z.object({
  to: z.string(),
  id: DraftId,
  outcome: z.enum(["stored", "duplicate"]),
  seq: z.int().describe("Of the entry in the author's log."),
  at: z.int().describe("When it was stored first, in milliseconds since 1970."),
});
const Refused = z.object({
  to: z.string(),
  id: DraftId,
  outcome: z.literal("refused"),
  code: z.string(),
  message: z.string(),
  retryAfter: z.int().optional(),
});
export const Posted = z.object({
  id: z.string().describe("Names the broadcast, for PATCH and DELETE of /v1/broadcasts/{id}."),
  results: z
    .array(z.discriminatedUnion("outcome", [Stored, Refused]))
    .describe("One a recipient, in the order of `to`."),
});
export const Done = z.object({ done: z.literal(true) });

const REFUSALS = [
  "emptyText",
  "textTooLong",
  "malformedText",
  "invalidTarget",
  "invalidThread",
  "invalidUrl",
  "invalidData",
  "invalidTtl",
  "draftTooLarge",
  "conflict",
] as const satisfies readonly ProblemCode[];
const EDIT_REFUSALS = ["emptyText", "textTooLong", "malformedText"] as const satisfies readonly ProblemCode[];

const POST = {
  method: "POST",
  path: "/v1/notifications",
  name: "send",
  summary: "Send a notification to one user or to many",
  description:
    "Each recipient gets a draft of its own; all of a request become durable together. The ids of the drafts follow from the " +
    "Idempotency-Key and the recipient, so a request that is made again stores nothing twice: what was stored is answered as a " +
    "`duplicate`, and with another text or another field as a `conflict`. More than 1,000 recipients are several requests with one " +
    "key. Answered 201 if something was stored, 200 if everything had been; if nobody's was taken, with the problem.",
  headers: z.object({
    "idempotency-key": z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, "must be 1 to 255 printable ASCII characters")
      .optional()
      .describe(
        "Names this sending among all of the application's: 1 to 255 printable ASCII characters. Without it one is made.",
      ),
  }),
  body: z.strictObject({
    to: z
      .union([z.string(), z.array(z.string()).min(1).max(RECIPIENTS)])
      .describe("uid of the recipient, or 1 to 1,000 of them."),
    text,
    from: From.optional(),
    ...extras,
  }),
  bodyLimit: 524_288,
  answers: {
    201: { description: "Stored, for some recipient at least.", schema: Posted },
    200: { description: "Everything had been stored before.", schema: Posted },
  },
  problems: ["invalidAuthor", ...REFUSALS, "unavailable", "tooLarge"],
  example: {
    headers: { "idempotency-key": "build-17-broken" },
    body: {
      to: ["100", "101"],
      text: "The build is broken.",
      thread: "builds",
      url: "/builds/17",
      data: { build: 17 },
      priority: "high",
      ttl: 86_400,
    },
    answer: {
      status: 201,
      body: {
        id: "TVjENMYhC1hxSODYMKiQEw",
        results: [
          {
            to: "100",
            id: "TVjENMYhC1hxSODYMKiQEw-rVc2aGUSblVknssjrh1IiA",
            outcome: "stored",
            seq: 1,
            at: 1795385798166,
          },
          {
            to: "101",
            id: "TVjENMYhC1hxSODYMKiQEw-Ftw2iom0KLJIVIQxO6Z6OQ",
            outcome: "stored",
            seq: 2,
            at: 1795385798166,
          },
        ],
      },
    },
  },
} as const;

const PATCH = {
  method: "PATCH",
  path: "/v1/notifications/{id}",
  name: "edit",
  summary: "Give a notification another text",
  description: "The text changes in both logs and on every page that shows it (rule P26).",
  params: one,
  body: z.strictObject({ text, from: From.optional() }),
  answers: { 200: { description: "It is so.", schema: Done } },
  problems: ["invalidAuthor", ...EDIT_REFUSALS, "unknownDraft", "unavailable"],
  example: {
    params: { id: "TVjENMYhC1hxSODYMKiQEw-rVc2aGUSblVknssjrh1IiA" },
    body: { text: "The build is mended." },
    answer: { status: 200, body: { done: true } },
  },
} as const;

const DELETE = {
  method: "DELETE",
  path: "/v1/notifications/{id}",
  name: "retract",
  summary: "Take a notification back",
  description: "It leaves both logs, the counts and every page, also for those who are away (rule P26).",
  params: one,
  query: z.strictObject({ from: From.optional() }),
  answers: { 200: { description: "It is so.", schema: Done } },
  problems: ["invalidAuthor", "unknownDraft", "unavailable"],
  example: {
    params: { id: "TVjENMYhC1hxSODYMKiQEw-rVc2aGUSblVknssjrh1IiA" },
    answer: { status: 200, body: { done: true } },
  },
} as const;

function posted(id: string, all: readonly Addressed[]): Answer {
  const refusal = commonRefusal(all);
  if (refusal !== undefined) return problem(refusal.code, refusal);
  const isNew = all.some(({ outcome }) => outcome.outcome === "sent" && !outcome.duplicate);
  return { status: isNew ? 201 : 200, body: { id, results: all.map(resultOf) } };
}

function resultOf({ to, id, outcome }: Addressed): z.infer<typeof Posted>["results"][number] {
  if (outcome.outcome === "refused") return { to, id, outcome: "refused", ...outcome.refusal };
  const { seq, at, duplicate } = outcome;
  return { to, id, outcome: duplicate ? "duplicate" : "stored", seq, at };
}

function done(outcome: Awaited<ReturnType<Hub["retract"]>>): Answer {
  if (outcome.outcome === "refused") return problem(outcome.refusal.code, outcome.refusal);
  return { status: 200, body: { done: true } satisfies z.infer<typeof Done> };
}
