/**
 * Every bound that both sides have to know. The hub's own bounds (sockets, queues, rates) are settings of the hub. The largest
 * frame down, with texts of the greatest length in the widest characters, stays below what may wait for a slow reader (P30).
 */
export const limits = {
  /** Bytes of one WebSocket message, in either direction from a client's view only up: larger ones close with 1009. */
  frameBytes: 16_384,
  /** UTF-8 bytes of a uid. */
  uidBytes: 128,
  /** Bytes of a draft as JSON: so much fits a frame, with `type` and whatever fields come to be beside it. */
  draftBytes: 16_000,
  /** UTF-16 code units of a draft's text: at most 12,000 bytes of UTF-8. */
  textLength: 4_000,
  /** UTF-16 code units of a thread's name. */
  threadLength: 128,
  /** Characters of a token; nothing longer is even parsed. */
  tokenLength: 8_192,
  /** UTF-16 code units of a token's own name (`jti`). */
  tokenIdLength: 128,
  /** Uids of a token's `send_to`. */
  sendTo: 50,
  /** Bytes of a url, which is ASCII. */
  urlBytes: 1_024,
  /** Bytes of data as JSON. */
  dataBytes: 4_096,
  /** Objects and arrays within each other in data, itself included. */
  dataDepth: 16,
  /** Seconds that a notification may be told to stand: a year. */
  ttlSeconds: 31_536_000,
  /** Characters of a draft's id. */
  idLength: 64,
  /** Entries of one `entries` frame. */
  entriesPerFrame: 50,
  /** Entries that a resume replays at most; a session that missed more gets a snapshot. */
  recoveryEntries: 1_000,
  /** Notifications that one mark names. */
  markedAtOnce: 200,
  /** Drafts of one `batch`. */
  draftsAtOnce: 50,
  /** Users that one connection watches. */
  watchedUsers: 50,
  /** Threads that one connection attends. */
  attendedThreads: 16,
  /** Threads and authors that one user mutes: all of them stand in each snapshot. */
  mutes: 300,
  /** Milliseconds that a notification may be put off for, or quiet be asked for: a year. */
  aheadMs: 31_536_000_000,
  /** Messages of one POST to a stream; together they have at most `frameBytes` bytes, and more are answered 413. */
  messagesAtOnce: 64,
  /** Items of one `page`. */
  pageItems: 50,
  /** Newest notifications, and newest sent drafts, in a snapshot. */
  snapshotItems: 30,
} as const;
