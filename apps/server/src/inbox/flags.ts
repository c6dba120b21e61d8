import type { SentState } from "@carillon/protocol";

/** What later entries say of a notification or a sent entry, kept with it as bits. */
export const SEEN = 1;
export const READ = 2;
export const RETRACTED = 4;
export const EDITED = 8;
export const ARCHIVED = 16;
export const SNOOZED = 32;
/** Said when it came, and for good (P54). */
export const MUTED = 64;
/** It was put off and has come again elsewhere: nothing is left here (P53). */
export const WOKEN = 128;
/** Its author was told that it is read, which nothing takes back (P24): whoever reads it once more has nobody to tell. */
export const READ_KNOWN = 256;

/** For its recipient, it is none. */
export const GONE = RETRACTED | WOKEN;
/** It is in neither count (P25). */
export const UNCOUNTED = GONE | ARCHIVED | SNOOZED | MUTED;

/** What one with these flags adds to the counts: each 0 or 1. */
export function countsOf(flags: number): { readonly unseen: number; readonly unread: number } {
  const isOut = (flags & UNCOUNTED) !== 0;
  return { unseen: isOut || flags & SEEN ? 0 : 1, unread: isOut || flags & READ ? 0 : 1 };
}

/** Of a sent entry alone, where seen and read say what its recipient did. */
export const DELIVERED = 512;

/** What became of a draft. */
export function stateIn(flags: number): SentState {
  if (flags & READ) return "read";
  if (flags & SEEN) return "seen";
  return flags & DELIVERED ? "delivered" : "stored";
}

/** The bit that says so. */
export const STATE_FLAGS = { stored: 0, delivered: DELIVERED, seen: SEEN, read: READ } as const satisfies Record<
  SentState,
  number
>;

/** What a notification says of itself by fields of its own. */
export const SAID = SEEN | READ | ARCHIVED | EDITED | RETRACTED;

/** The fields by which a notification says it. */
export function markedIn(flags: number): { seen?: true; read?: true; archived?: true } {
  return {
    ...(flags & SEEN && { seen: true }),
    ...(flags & READ && { read: true }),
    ...(flags & ARCHIVED && { archived: true }),
  };
}

/** The fields by which a notification or a sent entry says it. */
export function changedIn(flags: number): { edited?: true; retracted?: true } {
  return { ...(flags & EDITED && { edited: true }), ...(flags & RETRACTED && { retracted: true }) };
}
