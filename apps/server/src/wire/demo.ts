import { isUid } from "@carillon/protocol";
import { mintToken, type MintOptions } from "@carillon/protocol/token";
import type { FastifyInstance } from "fastify";
import * as z from "zod";

const Body = z.object({ uid: z.string().refine(isUid) });

/** Demo sign-in: `POST /v1/demo/session {uid}` gives `{uid, token}`. Whoever asks is whoever they say. */
export function offerDemoSession(http: FastifyInstance, options: MintOptions): void {
  http.post("/v1/demo/session", async (request, reply) => {
    const body = Body.safeParse(request.body);
    if (!body.success)
      return reply.code(400).send({ code: "invalidUid", message: "The body must be {uid}, and uid a uid." });
    const { uid } = body.data;
    return reply.header("cache-control", "no-store").send({ uid, token: await mintToken(uid, options) });
  });
}
