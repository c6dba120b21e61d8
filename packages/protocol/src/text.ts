import { limits } from "./limits.ts";

/**
 * Whether a string may name a user: 1 to 128 bytes of well-formed UTF-8 without control characters.
 * Nothing is normalised: two uids are one user only if they are the same string (P5).
 */
export function isUid(value: string): boolean {
  return value !== "" && value.isWellFormed() && !CONTROL.test(value) && fitsUtf8(value, limits.uidBytes);
}

/** Whether a uid is an application's: then the hub's API speaks for it, and no token does (P39). */
export function isApplication(uid: string): boolean {
  return uid.startsWith(APPLICATION);
}

/** What the uid of every application begins with. */
export const APPLICATION = "app:";

/** Whether a string may name a thread: 1 to 128 code units, well-formed, without control characters. */
export function isThread(value: string): boolean {
  return value !== "" && value.length <= limits.threadLength && value.isWellFormed() && !CONTROL.test(value);
}

/** Why a string may not be a notification's text, or undefined if it may. White space alone says nothing to anybody. */
export function textFault(value: string): "empty" | "tooLong" | "malformed" | undefined {
  if (value.length > limits.textLength) return "tooLong";
  if (value.trim() === "") return "empty";
  if (!value.isWellFormed() || CONTROL_BUT_WHITESPACE.test(value)) return "malformed";
  return undefined;
}

// C0, DEL and C1; a text may hold tab, line feed and carriage return.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/u;
const CONTROL_BUT_WHITESPACE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;

/** Whether it takes at most so many bytes; only what might not is encoded, for a code unit never takes more than three. */
export function fitsUtf8(value: string, bytes: number): boolean {
  return value.length * 3 <= bytes || encoder.encode(value).length <= bytes;
}

const encoder = new TextEncoder();
