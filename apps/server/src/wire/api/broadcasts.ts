import * as z from "zod";
import { rewriteBroadcast } from "../../hub/broadcast.ts";
import type { Hub } from "../../hub/hub.ts";
import type { RewrittenOutcome } from "../../hub/outcome.ts";
import { problem } from "../problem.ts";
import { authorOf, From, text } from "./fields.ts";
import { type Answer, type Route, route } from "./route.ts";

/** Changes what was sent to all recipients of a broadcast. */
export function broadcastRoutes(hub: Hub): readonly Route[] {
  return [
    route(PATCH, async ({ application, params, body }) => {
      const author = authorOf(application, body.from);
      if ("fault" in author) return author.fault;
      return rewritten(await rewriteBroadcast(hub, author.uid, params.id, body.text));
    }),
    route(DELETE, async ({ application, params, query }) => {
      const author = authorOf(application, query.from);
      if ("fault" in author) return author.fault;
      return rewritten(await rewriteBroadcast(hub, author.uid, params.id, undefined));
    }),
  ];
}

const params = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/, "must be the id of a broadcast")
    .describe("The broadcast's id, from the answer to POST /v1/notifications."),
});
const Rewritten = z.object({ notifications: z.int().describe("How many of it there were to do it to.") });

const PATCH = {
  method: "PATCH",
  path: "/v1/broadcasts/{id}",
  name: "editBroadcast",
  summary: "Give all notifications of a broadcast another text",
  description:
    "As PATCH /v1/notifications/{id}, for every recipient of all requests that had the broadcast's Idempotency-Key.",
  params,
  body: z.strictObject({ text, from: From.optional() }),
  answers: { 200: { description: "It is so.", schema: Rewritten } },
  problems: ["invalidAuthor", "emptyText", "textTooLong", "malformedText", "unknownDraft", "unavailable"],
  example: {
    params: { id: "TVjENMYhC1hxSODYMKiQEw" },
    body: { text: "The build is mended, all of it." },
    answer: { status: 200, body: { notifications: 1 } },
  },
} as const;

const DELETE = {
  method: "DELETE",
  path: "/v1/broadcasts/{id}",
  name: "retractBroadcast",
  summary: "Take all notifications of a broadcast back",
  description:
    "As DELETE /v1/notifications/{id}, for every recipient of all requests that had the broadcast's Idempotency-Key.",
  params,
  query: z.strictObject({ from: From.optional() }),
  answers: { 200: { description: "It is so.", schema: Rewritten } },
  problems: ["invalidAuthor", "unknownDraft", "unavailable"],
  example: {
    params: { id: "TVjENMYhC1hxSODYMKiQEw" },
    answer: { status: 200, body: { notifications: 2 } },
  },
} as const;

function rewritten(outcome: RewrittenOutcome): Answer {
  if (outcome.outcome === "refused") return problem(outcome.refusal.code, outcome.refusal);
  if (outcome.drafts === 0) return problem("unknownDraft");
  return { status: 200, body: { notifications: outcome.drafts } satisfies z.infer<typeof Rewritten> };
}
