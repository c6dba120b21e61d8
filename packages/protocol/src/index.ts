import "./jitless.ts"; // First: schemas look at it when they are made.

export { isQuiet, isSameMute, MuteTarget, muteFault, threadsFault, Until, untilFault } from "./attention.ts";
export { Close, mayReturn } from "./close.ts";
export { Data, isData } from "./data.ts";
export { type Decoded, decodeDown, decodeUp } from "./decode.ts";
export {
  type Done,
  Down,
  type Entries,
  type Page,
  type Presence,
  type Refused,
  type Renewed,
  type SentReply,
  type UserPresence,
  type Welcome,
} from "./down.ts";
export { Draft, DraftId, draftFault, Priority, textRefusal } from "./draft.ts";
export {
  Counts,
  type Edit,
  Entry,
  type Mark,
  MarkName,
  MarkTarget,
  type Mute,
  type Notification,
  Position,
  type Quiet,
  QuietTime,
  type Receipt,
  type Retraction,
  type Sent,
  SentState,
  type Seq,
  Seqs,
  type Snapshot,
  type Snooze,
  type Trim,
} from "./entry.ts";
export { eventIdOf, positionOf } from "./event-id.ts";
export { limits } from "./limits.ts";
export { Refusal, type RefusalCode, refusal } from "./refusal.ts";
export { APPLICATION, isApplication, isThread, isUid, textFault } from "./text.ts";
export { readToken, type TokenReading } from "./token/read.ts";
export {
  type Ack,
  Attend,
  type Batch,
  type EditRequest,
  type Hello,
  HistoryKind,
  type MarkRequest,
  type MuteRequest,
  type PageRequest,
  type QuietRequest,
  type Renew,
  type Retract,
  type Send,
  type SnoozeRequest,
  Up,
  Watch,
} from "./up.ts";
export { isUrl } from "./url.ts";
export { SUBPROTOCOL } from "./version.ts";
