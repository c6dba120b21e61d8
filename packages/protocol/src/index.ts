import "./jitless.ts"; // First: schemas look at it when they are made.

export { Close, mayReturn } from "./close.ts";
export { type Decoded, decodeDown, decodeUp } from "./decode.ts";
export { Down, type Entries, type Refused, type SentReply, type Welcome } from "./down.ts";
export { Draft, draftFault } from "./draft.ts";
export type { Entry, Notification, Position, Receipt, Sent, SentState, Seq, Snapshot } from "./entry.ts";
export { limits } from "./limits.ts";
export { Refusal, type RefusalCode, refusal } from "./refusal.ts";
export { isThread, isUid, textFault } from "./text.ts";
export { readToken, type TokenReading } from "./token/read.ts";
export { type Ack, type Hello, type Send, Up } from "./up.ts";
export { SUBPROTOCOL } from "./version.ts";
