import type {
  Draft,
  EditRequest,
  MarkRequest,
  MuteRequest,
  QuietRequest,
  Refusal,
  Retract,
  Send,
  SnoozeRequest,
} from "@carillon/protocol";

/** A draft that the hub has not taken yet. With `refusal`, it never will and waits for its author to discard it. */
export type Pending = {
  readonly draft: Draft;
  /** When it was submitted, in milliseconds since 1970. */
  readonly at: number;
  readonly refusal?: Refusal;
};

/** What a user wants changed of what is stored already. */
export type Change = MarkRequest | SnoozeRequest | MuteRequest | QuietRequest | Rewrite;
/** Of these, what it is about an own draft. */
export type Rewrite = Retract | EditRequest;

/** A request that the hub has not answered yet. */
export type Waiting<Request extends Send | Change = Send | Change> = {
  readonly request: Request;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
  /** Rises strictly from request to request, also within a millisecond. */
  readonly order: number;
  /** It left on a connection: the hub may have it, whatever was heard of it. */
  readonly transmitted?: true;
  /** The incarnation of the store whose seqs a mark means. */
  readonly epoch?: string;
  readonly refusal?: Refusal;
};

export function isDraft(waiting: Waiting): waiting is Waiting<Send> {
  return waiting.request.type === "send";
}

export function isChange(waiting: Waiting): waiting is Waiting<Change> {
  return waiting.request.type !== "send";
}

export function isRewrite(change: Change): change is Rewrite {
  return "draft" in change;
}

export function pendingOf({ request, at, refusal }: Waiting<Send>): Pending {
  const { type: _type, ...draft } = request;
  return refusal === undefined ? { draft, at } : { draft, at, refusal };
}
