/**
 * The log in which the hub writes to itself, to see whether notifications arrive. It begins with a control character, so that
 * neither a token nor a draft can name it (P5).
 */
export const PROBE_UID = `${String.fromCharCode(1)}probe`;

/** Whether this is a log of the hub's own: it is kept short, and it is nobody who is here. */
export function isOwn(uid: string): boolean {
  return uid.charCodeAt(0) === 1;
}

/** Entries that such a log holds, give or take a tenth. */
export const OWN_ENTRIES = 20;
