/**
 * Every bound that both sides have to know. The hub's own bounds (sockets, queues, rates) are settings of the hub. The largest
 * frame down, with texts of the greatest length in the widest characters, stays below what may wait for a slow reader (P30).
 */
export const limits = {
  /** Bytes of one WebSocket message, in either direction from a client's view only up: larger ones close with 1009. */
  frameBytes: 16_384,
  /** UTF-8 bytes of a uid. */
  uidBytes: 128,
  /** UTF-16 code units of a draft's text: at most 12,000 bytes of UTF-8, so that a draft always fits a frame. */
  textLength: 4_000,
  /** UTF-16 code units of a thread's name. */
  threadLength: 128,
  /** Characters of a token; nothing longer is even parsed. */
  tokenLength: 8_192,
  /** UTF-16 code units of a token's own name (`jti`). */
  tokenIdLength: 128,
  /** Uids of a token's `send_to`. */
  sendTo: 50,
  /** Characters of a draft's id. */
  idLength: 64,
  /** Entries of one `entries` frame. */
  entriesPerFrame: 64,
  /** Entries that a resume replays at most; a session that missed more gets a snapshot. */
  recoveryEntries: 1_000,
  /** Notifications that one mark names. */
  markedAtOnce: 200,
  /** Drafts of one `batch`. */
  draftsAtOnce: 50,
  /** Items of one `page`. */
  pageItems: 50,
  /** Newest notifications, and newest sent drafts, in a snapshot. */
  snapshotItems: 40,
} as const;
