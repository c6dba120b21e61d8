/** How large everything is that is measured. */
export type Size = {
  readonly connections: number;
  readonly senders: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  /** Sends a second of the open loop. */
  readonly rate: number;
  /** Connections that come, and then idle for so long. */
  readonly arrivals: number;
  readonly settleSeconds: number;
  /** Tabs of one user. */
  readonly tabs: number;
  /** Connections that are dropped at once. */
  readonly dropped: number;
  /** A log that has grown. */
  readonly users: number;
  readonly entriesPerUser: number;
  /** Entries that a session has missed, and how often it comes back. */
  readonly missed: number;
  readonly returns: number;
  /** Sends from one page to another, and notifications in a long feed. */
  readonly rings: number;
  readonly feed: number;
};

/** What RESULTS.md stands on. */
export const FULL: Size = {
  connections: 1_000,
  senders: 100,
  warmSeconds: 1.5,
  seconds: 5,
  rate: 5_000,
  arrivals: 10_000,
  settleSeconds: 4,
  tabs: 1_000,
  dropped: 5_000,
  users: 100_000,
  entriesPerUser: 100,
  missed: 500,
  returns: 30,
  rings: 40,
  feed: 10_000,
};

/** To see that all of it works, in a minute or two. */
export const QUICK: Size = {
  connections: 100,
  senders: 20,
  warmSeconds: 0.3,
  seconds: 1,
  rate: 300,
  arrivals: 300,
  settleSeconds: 0.5,
  tabs: 50,
  dropped: 200,
  users: 200,
  entriesPerUser: 50,
  missed: 500,
  returns: 3,
  rings: 5,
  feed: 300,
};

/** For a test of the bench itself. */
export const TINY: Size = {
  ...QUICK,
  connections: 12,
  senders: 4,
  warmSeconds: 0.05,
  seconds: 0.2,
  rate: 50,
  arrivals: 20,
  settleSeconds: 0.1,
  tabs: 5,
  dropped: 10,
  users: 20,
  entriesPerUser: 10,
  missed: 60,
  returns: 2,
};
