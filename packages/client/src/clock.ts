/** Time, passed in so that tests can hold it. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `ms` milliseconds; the result cancels. */
  after(ms: number, call: () => void): () => void;
};

/** This machine's clock and timers. */
export const systemClock: Clock = {
  now: Date.now,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** However long the hub asks for: a timer of more than 24 days would fire at once. */
export const LONGEST_WAIT_MS = 3_600_000;
