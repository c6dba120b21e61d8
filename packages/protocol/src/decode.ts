import type * as z from "zod/mini";
import { Down } from "./down.ts";
import { plainSendIn } from "./plain-send.ts";
import { Up } from "./up.ts";

/** A frame understood, or the reason (at most 123 bytes, fit for a close frame) why not. */
export type Decoded<Message> = { ok: true; message: Message } | { ok: false; reason: string };

/** Reads a frame from a client. Never throws. */
export function decodeUp(frame: string): Decoded<Up> {
  return acknowledgementIn(frame) ?? helloIn(frame) ?? decode(Up, frame, plainSendIn);
}

/** Half of all frames under load, in the form in which clients write them: read without a schema in a tenth of the time. */
function acknowledgementIn(frame: string): Decoded<Up> | undefined {
  const seq = ACKNOWLEDGEMENT.exec(frame)?.[1];
  return seq === undefined ? undefined : { ok: true, message: { type: "ack", seq: Number(seq) } };
}

/** Every number of so many digits is a seq. */
const ACKNOWLEDGEMENT = /^\{"type":"ack","seq":(0|[1-9]\d{0,14})\}$/u;

/** What every connection says first, in the form in which clients write it: when all come back at once, all of them say it. */
function helloIn(frame: string): Decoded<Up> | undefined {
  const [, token, epoch, seq] = HELLO.exec(frame) ?? [];
  if (token === undefined) return undefined;
  const position = epoch === undefined ? {} : { position: { epoch, seq: Number(seq) } };
  return { ok: true, message: { type: "hello", token, ...position } };
}

/** With a token and an epoch in which nothing is escaped. */
const HELLO =
  /^\{"type":"hello","token":"([\w.-]*)"(?:,"position":\{"epoch":"([\w-]{1,64})","seq":(0|[1-9]\d{0,14})\})?\}$/u;

/** Reads a frame from the hub. Never throws. A client ignores what it does not understand (P4). */
export function decodeDown(frame: string): Decoded<Down> {
  return decode(Down, frame, () => undefined);
}

/** @param plain reads the messages that are read without the schema. */
function decode<Message>(
  schema: z.ZodMiniType<Message>,
  frame: string,
  plain: (json: object) => Message | undefined,
): Decoded<Message> {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return { ok: false, reason: "bad frame: not JSON" };
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    return { ok: false, reason: "bad frame: not an object" };
  const message = plain(json);
  if (message !== undefined) return { ok: true, message };
  const result = schema.safeParse(json);
  return result.success ? { ok: true, message: result.data } : { ok: false, reason: firstFault(result.error) };
}

function firstFault(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "bad frame";
  const where = issue.path.map(String).join(".");
  return where === "type" ? "bad frame: unknown type" : `bad frame: ${where}`.slice(0, 100);
}
