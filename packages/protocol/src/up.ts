import * as z from "zod/mini";
import { Draft } from "./draft.ts";
import { Position, Seq } from "./entry.ts";

/** First frame of every connection: who I am and, after a cut, the last position that I have. */
export const Hello = z.object({ type: z.literal("hello"), token: z.string(), position: z.optional(Position) });
export type Hello = z.infer<typeof Hello>;

/** Submits a draft; answered by `sent` or `refused` with its id. */
export const Send = z.extend(Draft, { type: z.literal("send") });
export type Send = z.infer<typeof Send>;

/** I have every entry up to here. */
export const Ack = z.object({ type: z.literal("ack"), seq: Seq });
export type Ack = z.infer<typeof Ack>;

/** Are you there? Answered by `pong`. */
export const Ping = z.object({ type: z.literal("ping") });
export type Ping = z.infer<typeof Ping>;

/** Every message from client to hub. */
export const Up = z.discriminatedUnion("type", [Hello, Send, Ack, Ping]);
export type Up = z.infer<typeof Up>;
