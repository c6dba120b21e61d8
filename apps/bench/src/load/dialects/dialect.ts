import type { Line } from "../line.ts";

/** What a server speaks, on the connections of one run. */
export type Dialect = {
  /** Whether a server says that it has taken what was sent. */
  readonly acknowledges: boolean;
  /** Proves who `uid` is; made before anything is measured. */
  readonly credential: (uid: string) => Promise<string>;
  readonly talk: (line: Line, who: Who, ears: Ears) => Talk;
};

export type Who = {
  readonly index: number;
  readonly uid: string;
  readonly credential: string;
  readonly port: number;
  /** Whether it will send. */
  readonly isSender: boolean;
  /** Where an earlier connection of the same user left off, for dialects that resume. */
  readonly position?: Position | undefined;
};

export type Position = { readonly epoch: string; readonly seq: number };

/** What one connection hears. Bytes are overwritten afterwards. */
export type Ears = {
  /** The server has accepted it. */
  readonly onReady: () => void;
  /** A body that was sent to it begins at `start`. */
  readonly onBody: (bytes: Buffer, start: number) => void;
  /** Its own send of this number is taken. */
  readonly onAcknowledged: (number: number) => void;
  /** It cannot go on: the server does not do what it should. */
  readonly onFault: (reason: string) => void;
};

/** One side of a conversation. */
export interface Talk {
  /** The line is open. */
  begin(): void;
  read(bytes: Buffer, length: number): void;
  /** @param at the microsecond at which it was meant to go. */
  send(to: number, at: number, number: number): void;
  /** The line is cut; for those that have another one. */
  end?(): void;
  /** Where the next connection of this user may go on, if the dialect knows such a thing. */
  readonly position?: Position | undefined;
  /** The microsecond at which it said who it is, and where it wants to go on. */
  readonly askedAt?: number;
}
