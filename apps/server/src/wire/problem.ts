import { type Refusal, refusal, type RefusalCode } from "@carillon/protocol";
import type { FastifyReply } from "fastify";

/** The body of every HTTP answer that is not what was asked for. `retryAfter`: milliseconds; without it, ask otherwise. */
export type Problem = Refusal & { /** Path of what explains the code. */ readonly docs: string };

/** What becomes of a request that is at fault itself, or meets a hub that is. */
const OURS = {
  badRequest: { status: 400, message: "The request is not as it must be." },
  invalidUid: { status: 400, message: "This is not the uid of a user." },
  unauthorized: { status: 401, message: "No API key, or not one of this hub's: Authorization: Bearer SECRET." },
  tokenExpired: { status: 401, message: "The user's token has expired." },
  originRefused: { status: 403, message: "Pages of this origin may not connect." },
  streamGone: { status: 404, message: "This user has no stream of that session here: open another." },
  notFound: { status: 404, message: "There is nothing here." },
  apiOff: { status: 404, message: "The API is off: no keys are set (CARILLON_API_KEYS)." },
  methodNotAllowed: { status: 405, message: "This path has no such method; see the header Allow." },
  tooLarge: { status: 413, message: "The body is too large." },
  unsupportedMediaType: { status: 415, message: "The body must be application/json." },
  invalidAuthor: { status: 422, message: "The author is not the uid of a user, nor the application's own." },
  tooManyConnections: {
    status: 429,
    message: "There are as many connections from this address as there may be.",
  },
  tooManyUnauthenticated: {
    status: 429,
    message: "Too many connections from this address have not said who they are.",
  },
  tooManyHeaders: { status: 431, message: "The request has too many headers." },
  tooManyRequests: { status: 429, message: "Too many requests with this key: see the headers RateLimit-*." },
  hubFull: { status: 503, message: "The hub holds as many connections as it may." },
  draining: { status: 503, message: "The hub is about to stop." },
  keysUnavailable: { status: 503, message: "The keys that this token asks for cannot be had now." },
  storeUnavailable: { status: 503, message: "The store takes nothing now." },
  notDelivered: { status: 503, message: "A notification of the hub to itself did not arrive." },
  internal: { status: 500, message: "The hub failed." },
} as const;

/** With which status the hub's own refusals (P11) are answered. */
const STATUS_OF_REFUSAL: Readonly<Record<RefusalCode, number>> = {
  emptyText: 422,
  textTooLong: 422,
  malformedText: 422,
  invalidTarget: 422,
  invalidThread: 422,
  invalidUrl: 422,
  invalidData: 422,
  invalidTtl: 422,
  invalidUntil: 422,
  draftTooLarge: 422,
  tooManyMutes: 409,
  conflict: 409,
  unknownDraft: 404,
  forbidden: 403,
  tokenRefused: 401,
  unavailable: 503,
  rateLimited: 429,
};

export type ProblemCode = keyof typeof OURS | RefusalCode;

/** Every code, with its status and what it means. */
export const PROBLEMS: ReadonlyMap<string, { readonly status: number; readonly message: string }> = new Map([
  ...Object.entries(OURS),
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a total record are its key type.
  ...(Object.entries(STATUS_OF_REFUSAL) as [RefusalCode, number][]).map(
    ([code, status]) => [code, { status, message: refusal(code).message }] as const,
  ),
]);

/** The status and body of a problem; `more` says it more exactly than the code does. */
export function problem(
  code: string,
  more: Partial<Refusal> = {},
): { readonly status: number; readonly body: Problem } {
  const { status, message } = PROBLEMS.get(code) ?? OURS.internal;
  return { status, body: { code, message, ...more, docs: `/docs#${code}` } };
}

/** Answers with a problem, and with its wait as a header too. */
export function sendProblem(reply: FastifyReply, code: ProblemCode, more?: Partial<Refusal>): FastifyReply {
  const { status, body } = problem(code, more);
  if (body.retryAfter !== undefined) void reply.header("retry-after", Math.ceil(body.retryAfter / 1_000));
  return reply.code(status).send(body);
}
