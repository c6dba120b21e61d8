import type { Close, Position } from "@carillon/protocol";

/** What carries a connection, and for programs of another kind what is spoken on it: a label of the metrics. */
export const TRANSPORTS = ["websocket", "stream", "tutorial"] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** The other end of a connection, over whatever transport: what a protocol needs of it. Nothing here throws, also when it is gone. */
export interface Peer {
  readonly transport: Transport;
  /** Bytes that wait for the other end to read. */
  readonly unsentBytes: number;
  /** When anything last arrived, in milliseconds of a monotonic clock. */
  readonly heardAt: number;
  /** `reached`: where in the log a reader of this text stands, for a transport that says it. */
  send(text: string, reached?: Position): void;
  /** The same for what many peers get, at once: it does not wait for what this turn may yet say to this one. */
  share(text: string, reached?: Position): void;
  /** Asks for a sign of life. */
  ping(): void;
  /** Says why, sends nothing any more, and ends. */
  hangUp(close: Close): void;
  /** Ends without a word, and without waiting for one. */
  destroy(): void;
  /** Resolves when few enough bytes are unsent to take another page, or the connection is gone. */
  drained(): Promise<void>;
}

/** What a protocol does with what its peer says. */
export interface PeerEvents {
  /** A text frame, or undefined for a binary one. */
  onText(text: string | undefined): void;
  /** The hub ends the connection with this code; called once, if at all. */
  onHangUp(code: number): void;
  /** Something came that says nothing and still has to be read, such as a WebSocket ping. */
  onControl?(): void;
  /** The connection is gone; called once. */
  onGone(code: number): void;
}
