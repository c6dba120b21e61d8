import type { Notification, Refusal } from "@carillon/protocol";
import type { Clock } from "./clock.ts";
import type { OutboxStore, Pending } from "./outbox.ts";
import type { SocketFactory } from "./socket.ts";
import type { View } from "./view.ts";
import type { WakeHints } from "./wake.ts";

export type ClientOptions = {
  /** `ws:` or `wss:` URL of the hub's socket, such as `ws://127.0.0.1:9501/v1/socket`. */
  readonly url: string;
  /** Gives the token to connect with. Asked before each connection; `fresh` is true when the hub called the last one expired. */
  readonly token: (fresh: boolean) => Promise<string>;
  /** How the connection stands; called on every change. */
  readonly onStatus?: (status: Status) => void;
  /** What the user has to see; called with a new object on every change. */
  readonly onView?: (view: View) => void;
  /** Something arrived that has not rung in this client before: once for each notification, in order, after `onView`. */
  readonly onNotification?: (notification: Notification) => void;
  /** Where unanswered drafts survive a reload; default in memory. */
  readonly outbox?: OutboxStore;
  readonly socket?: SocketFactory;
  readonly clock?: Clock;
  readonly wakeHints?: WakeHints;
  /** Uniform in [0, 1); default `Math.random`. */
  readonly random?: () => number;
};

/** How the connection stands, in a page's terms. */
export type Status =
  | { readonly at: "stopped" }
  | { readonly at: "connecting" }
  | { readonly at: "online" }
  /** Comes back by itself at `until` (milliseconds since 1970, this machine's clock). `code`: why the last one ended, if the hub said. */
  | { readonly at: "waiting"; readonly until: number; readonly code: number | undefined }
  /** Does not come back: `code` is the close code (protocol, table of close codes), `reason` the hub's sentence. */
  | { readonly at: "refused"; readonly code: number; readonly reason: string };

export type DraftInput = { readonly to: string; readonly text: string; readonly thread?: string };

/** The id that the draft got, or why it was not even put into the outbox. */
export type Submitted = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly refusal: Refusal };

export type Client = {
  /** Connects, and stays connected until `stop`. Does nothing if started. */
  start(): void;
  /** Disconnects. The outbox is kept. */
  stop(): void;
  /** Ends a wait, or an end by refusal, and connects now. */
  retry(): void;
  /** Puts a draft into the outbox and sends it when it can. */
  send(draft: DraftInput): Submitted;
  /** Takes a draft that was refused out of the outbox; undefined if there is no such refused draft. */
  discard(id: string): Pending | undefined;
};
