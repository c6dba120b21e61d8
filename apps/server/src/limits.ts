/**
 * Every bound of the hub that is not a setting; those that both sides must know are in the protocol's `limits`, and those that an
 * operator may want otherwise in `config/settings.ts`. README lists all of them.
 */
export const LIMITS = {
  /** Bytes that may wait for one connection that does not read (P30). */
  unsentBytes: 1_048_576,
  /** Bytes that may wait for all connections together; past that, the one with the most goes first (P30). */
  unsentBytesOfAll: 268_435_456,
  /** Milliseconds that a connection may stay without `hello` (P18). */
  helloMs: 5_000,
  /** Messages that one connection may send without anything to answer, at once and per second (P51). */
  messages: { atOnce: 1_000, perSecond: 100 },
  /** Marks and pages that one user may ask for, at once and per second (P51). */
  questions: { atOnce: 200, perSecond: 50 },
  /** Milliseconds: the longest `retryAfter` that a rate gives, however long the queue. */
  longestWaitMs: 30_000,
  /** Fragments of one WebSocket message. */
  fragments: 16,
  /** Answers to WebSocket pings that may wait for a peer that does not read them. */
  pendingPongs: 64,
  /** Milliseconds that a peer may take to answer a close frame. */
  closeMs: 5_000,

  /** Milliseconds after which a hub that shares its store looks for what is due, also what other hubs have noted (P38, P53). */
  lapseEveryMs: 15_000,

  /** Bytes of an HTTP request's body. */
  bodyBytes: 16_384,
  /** Bytes, and number, of an HTTP request's headers: more is answered 431. */
  headerBytes: 16_384,
  headers: 100,
  /** Milliseconds for the headers of a request, and for all of it: later is answered 408. */
  headersMs: 5_000,
  requestMs: 15_000,
  /** Milliseconds that an HTTP connection may stay without another request: more than the minute that proxies keep theirs. */
  keepAliveMs: 72_000,
  /** Milliseconds between two looks for requests that are too late. */
  lateCheckMs: 1_000,
  /** TCP connections beside those of sockets: plain HTTP. More are cut without a word. */
  visitors: 1_000,
  /** Connections of one address beyond its cap that are still told why, and for how many milliseconds. */
  overdue: 100,
  overdueMs: 2_000,
  /** Milliseconds after which an upgrade that met a full house may be tried again. */
  comeBackMs: 5_000,
  /** Connections that the system may hold until they are accepted: many come back at once after a restart. */
  backlog: 4_096,
} as const;
