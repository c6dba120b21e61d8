import { limits, Up } from "@carillon/protocol";
import * as z from "zod";
import { json, problemsOf, schemaOf } from "./openapi.ts";

/** Paths that are not for backends: the stream of those who get no WebSocket (P40 to P43), and the sign-in of demo mode. */
export function visitorPaths(isDemo: boolean): Readonly<Record<string, object>> {
  return {
    "/v1/stream": { get: OPEN_STREAM },
    "/v1/stream/{session}": { post: POST_TO_STREAM },
    ...(isDemo && { "/v1/demo/session": { post: SIGN_IN } }),
  };
}

export const userToken = {
  type: "http",
  scheme: "bearer",
  bearerFormat: "JWT",
  description: "A user's token (P16).",
} as const;

const OPEN_STREAM = {
  operationId: "openStream",
  summary: "Open a stream",
  description:
    "P40: what goes down a socket as frames comes as Server-Sent Events until somebody ends them. The last one is named `close` and " +
    "holds the code and the reason; if it is the first one too, the status says as much.",
  security: [{ userToken: [] }],
  parameters: [
    {
      name: "last-event-id",
      in: "header",
      required: false,
      description: "P41: the position to go on from, `epoch:seq`, as the last event that was read had it for its id.",
      schema: { type: "string" },
      example: "V1StGXR8_Z5jdHi6B-myT:41",
    },
  ],
  responses: {
    ...problemsOf(["originRefused", "tooManyConnections", "tooManyUnauthenticated", "hubFull"]),
    200: events("Welcome, then what follows the position. The `data` of each event without a name is a frame down."),
    400: events("`close` 4500: Last-Event-ID is no position."),
    401: events("`close` 4001 or 4501: the token is expired, or not accepted."),
  },
};

const POST_TO_STREAM = {
  operationId: "postToStream",
  summary: "Say something on a stream",
  description: `P42: messages up, as on a socket: one, or a list of up to ${limits.messagesAtOnce}, in at most ${limits.frameBytes} bytes. They are answered on the stream.`,
  security: [{ userToken: [] }],
  parameters: [
    {
      name: "session",
      in: "path",
      required: true,
      description: "As `welcome` named it.",
      schema: { type: "string" },
      example: "Uakgb_J5m9g-",
    },
  ],
  requestBody: {
    required: true,
    content: json(schemaOf(z.union([Up, z.array(Up).max(limits.messagesAtOnce)])), [{ type: "ack", seq: 42 }]),
  },
  responses: {
    ...problemsOf([
      "tokenExpired",
      "tokenRefused",
      "originRefused",
      "streamGone",
      "tooLarge",
      "unsupportedMediaType",
      "keysUnavailable",
      "unavailable",
    ]),
    202: { description: "They were heard." },
  },
};

const SIGN_IN = {
  operationId: "demoSession",
  summary: "Sign in as anybody",
  description: "Of demo mode alone: whoever asks is whoever they say.",
  security: [],
  requestBody: { required: true, content: json(schemaOf(z.object({ uid: z.string() })), { uid: "100" }) },
  responses: {
    ...problemsOf(["invalidUid", "unsupportedMediaType", "tooLarge"]),
    200: {
      description: "A token of that user.",
      content: json(schemaOf(z.object({ uid: z.string(), token: z.string() })), { uid: "100", token: "eyJ…" }),
    },
  },
};

function events(description: string): object {
  return { description, content: { "text/event-stream": { schema: { type: "string" } } } };
}
