import type { DialectName } from "./dialects/all.ts";

/** What is measured. */
export type Job =
  /** Each sender keeps `window` sends under way for ever. */
  | { readonly kind: "closed"; readonly window: number }
  /** So many sends a second, whatever becomes of them. */
  | { readonly kind: "open"; readonly perSecond: number }
  /** What it takes to come, and to be there. */
  | { readonly kind: "connect"; readonly settleSeconds: number }
  /** One sender, one send after the other, to all other connections, which are of one user. */
  | { readonly kind: "fanOut" }
  /** All connections are cut at once and come back. */
  | { readonly kind: "storm" }
  /** One connection after the other catches up with `missed` entries. */
  | { readonly kind: "resume"; readonly missed: number; readonly times: number };

/** What one process of the load generator is told to do. */
export type Order = {
  readonly job: Job;
  readonly dialect: DialectName;
  /** Where the server listens; connections take them in turn. */
  readonly ports: readonly number[];
  /** Connections of users of their own, except for `fanOut`. */
  readonly connections: number;
  /** How many of them send. */
  readonly senders: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  /** Connections that may be under way at the same time. */
  readonly concurrency: number;
  /** Users are numbered from 0, so far apart. */
  readonly stride: number;
  /** Whom is sent to follows from it. */
  readonly seed: number;
  /** The server's processes, whose processor time is counted. */
  readonly pids: readonly number[];
};

/** What became of every send. A run is good only if `lost`, `doubled`, `damaged` and `cut` are 0. */
export type Balance = {
  readonly sent: number;
  readonly acknowledged: number;
  /** Deliveries that were due and came. */
  readonly delivered: number;
  readonly lost: number;
  readonly doubled: number;
  /** Bodies that came back other than they went. */
  readonly damaged: number;
  /** Connections that ended though nobody wanted them to. */
  readonly cut: number;
};

/** Figures by name: `Ms` is milliseconds, `Us` microseconds, `Kb` 1,024 bytes, `Cpu` processor seconds a second. */
export type Figures = Readonly<Record<string, number>>;

export type Outcome = {
  readonly figures: Figures;
  readonly balance: Balance;
  /** What a server said when it cut a connection, for whoever looks for the reason. */
  readonly complaint?: string | undefined;
};
