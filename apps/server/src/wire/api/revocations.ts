import { limits } from "@carillon/protocol";
import * as z from "zod";
import type { Hub } from "../../hub/hub.ts";
import { problem } from "../problem.ts";
import { Uid } from "./fields.ts";
import { type Route, route } from "./route.ts";

/** Takes tokens back. */
export function revocationRoutes(hub: Hub): readonly Route[] {
  return [
    route(POST, async ({ body }) => {
      const what =
        "uid" in body ? body : { tokenId: body.tokenId, ...(body.expiresAt && { expiresAt: body.expiresAt }) };
      const revoked = await hub.gate.revoke(what);
      if (revoked.outcome === "refused") return problem(revoked.refusal.code, revoked.refusal);
      return { status: 200, body: { done: true } };
    }),
  ];
}

const POST = {
  method: "POST",
  path: "/v1/revocations",
  name: "revoke",
  summary: "Revoke a user's tokens, or one token",
  description:
    "Live connections are closed with 4503 in under a second, and the tokens are refused from then on, also after a restart (rule " +
    "P32). Of a user, all tokens that were issued up to now: a newer one is accepted. It may be said again.",
  body: z.union([
    z.strictObject({ uid: Uid }),
    z.strictObject({
      tokenId: z.string().min(1).max(limits.tokenIdLength).describe("The token's own name, its `jti`."),
      expiresAt: z
        .int()
        .positive()
        .optional()
        .describe("When it expires, in milliseconds since 1970: then it need not be remembered any more."),
    }),
  ]),
  answers: { 200: { description: "It is so.", schema: z.object({ done: z.literal(true) }) } },
  problems: ["unavailable"],
  example: { body: { uid: "101" }, answer: { status: 200, body: { done: true } } },
} as const;
