import { isApplication, isUid } from "@carillon/protocol";
import { mintToken, type MintOptions } from "@carillon/protocol/token";
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { sendProblem } from "./problem.ts";

const Body = z.object({ uid: z.string().refine((uid) => isUid(uid) && !isApplication(uid)) });

/** Demo sign-in: `POST /v1/demo/session {uid}` gives `{uid, token}`. Whoever asks is whoever they say. */
export function offerDemoSession(http: FastifyInstance, options: MintOptions): void {
  http.post("/v1/demo/session", async (request, reply) => {
    const body = Body.safeParse(request.body);
    if (!body.success) return sendProblem(reply, "invalidUid");
    const { uid } = body.data;
    return reply.header("cache-control", "no-store").send({ uid, token: await mintToken(uid, options) });
  });
}
