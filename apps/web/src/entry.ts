import { isUid, readToken } from "@carillon/protocol";
import type { SignInFault } from "./store/session.ts";

/** What the page knows when it opens. */
export type Address = {
  readonly search: string;
  readonly hash: string;
  readonly keptToken: string | null;
  readonly now: number;
};

/** What follows from it. */
export type Entry =
  | { readonly by: "token"; readonly token: string; readonly uid: string }
  | { readonly by: "demo"; readonly uid: string }
  | { readonly by: "form"; readonly asks: "uid" | "token"; readonly uid: string; readonly fault?: SignInFault };

/**
 * Who comes in, and how: a token of the URL's fragment goes before a token that this tab kept, which goes before the
 * demo sign-in; a token that was kept for somebody else than `?uid=` does not count.
 */
export function entryFrom({ search, hash, keptToken, now }: Address): Entry {
  const handed = new URLSearchParams(hash.replace(/^#/, "")).get("token");
  if (handed !== null) return entryByToken(handed, now);

  const uid = new URLSearchParams(search).get("uid") ?? "";
  const kept = keptToken === null ? undefined : entryByToken(keptToken, now);
  if (kept?.by === "token" && (uid === "" || kept.uid === uid)) return kept;

  return uid === "" ? { by: "form", asks: "uid", uid } : entryByUid(uid);
}

/** A token that was pasted or handed over: it names its user, unless it is none or is over. */
export function entryByToken(token: string, now: number): Entry {
  const reading = readToken(token);
  if (reading === undefined) return { by: "form", asks: "token", uid: "", fault: "unreadableToken" };
  if (reading.expiresAt <= now) return { by: "form", asks: "token", uid: reading.uid, fault: "expiredToken" };
  return { by: "token", token, uid: reading.uid };
}

/** A name that was typed or stands in the address. */
export function entryByUid(uid: string): Entry {
  return isUid(uid) ? { by: "demo", uid } : { by: "form", asks: "uid", uid, fault: "invalidUid" };
}
