import type { DialectName } from "../load/dialects/all.ts";

/** A server that is measured. */
export type Peer = {
  readonly name: string;
  /** What it is, and what it keeps, in a few words. */
  readonly about: string;
  readonly dialect: DialectName;
  /** It is Carillon in another layout: only what depends on that is measured. */
  readonly isLayout?: true;
  /** Undefined where it cannot be had. `folder` is empty and its own, and lies on a disk. */
  readonly start: (folder: string, conditions: Conditions) => Promise<Running | undefined>;
};

export type Conditions = {
  /** A store that is there already. */
  readonly store?: string | undefined;
  /** Fills the peer's folder before it starts. */
  readonly prepare?: (folder: string) => Promise<void>;
  /** Entries that a log holds; default: the hub's own. */
  readonly keepEntries?: number;
};

export type Running = {
  readonly port: number;
  /** All of them, where it listens at several; the first is `port`. */
  readonly ports?: readonly number[];
  /** All its processes. */
  readonly pids: readonly number[];
  /** Milliseconds from the start of the process until it could serve. */
  readonly bootMs: number;
  /** Whether it answers `/metrics` as Carillon does. */
  readonly hasMetrics?: true;
  readonly end: () => Promise<void>;
};
