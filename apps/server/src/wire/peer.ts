import type { Close, Position } from "@carillon/protocol";

/** The other end of a connection, over whatever transport: what a protocol needs of it. Nothing here throws, also when it is gone. */
export interface Peer {
  /** When anything last arrived, in milliseconds of a monotonic clock. */
  readonly heardAt: number;
  /** `reached`: where in the log a reader of this text stands, for a transport that says it. */
  send(text: string, reached?: Position): void;
  /** Asks for a sign of life. */
  ping(): void;
  /** Says why, sends nothing any more, and ends. */
  hangUp(close: Close): void;
  /** Resolves when few enough bytes are unsent to take another page, or the connection is gone. */
  drained(): Promise<void>;
}

/** What a protocol does with what its peer says. */
export type PeerEvents = {
  /** A text frame, or undefined for a binary one. */
  readonly onText: (text: string | undefined) => void;
  /** The connection is gone; called once. */
  readonly onGone: (code: number) => void;
};

/** Bytes that may wait for a peer that does not read. */
export const UNSENT_LIMIT = 1_048_576;
