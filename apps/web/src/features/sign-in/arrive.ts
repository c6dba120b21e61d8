import { signIn, signInWith, signOut } from "../../hub.ts";
import { session } from "../../store/session.ts";
import { keptToken } from "../../token.ts";
import { type Entry, entryByToken, entryByUid, entryFrom } from "../../entry.ts";

/** Reads the address and acts on it. A token in the fragment leaves the address bar before anything else happens. */
export function arrive(): void {
  const entry = entryFrom({
    search: location.search,
    hash: location.hash,
    keptToken: keptToken.read(),
    now: Date.now(),
  });
  if (location.hash.startsWith("#token=")) history.replaceState(null, "", addressOf(entry.uid));
  enter(entry);
}

/** A name from the form: the address takes it, so that a reload keeps the user. */
export function arriveAs(uid: string): void {
  const entry = entryByUid(uid);
  if (entry.by === "demo") history.pushState(null, "", addressOf(uid));
  enter(entry);
}

/** A token from the form; the address takes the name in it. */
export function arriveWith(token: string): void {
  const entry = entryByToken(token, Date.now());
  if (entry.by === "token") history.pushState(null, "", addressOf(entry.uid));
  enter(entry);
}

/** Signs out, and leaves the name out of the address. */
export function depart(): void {
  history.pushState(null, "", addressOf(""));
  signOut();
}

function enter(entry: Entry): void {
  switch (entry.by) {
    case "token":
      return signInWith(entry.token, entry.uid);
    case "demo":
      return void signIn(entry.uid); // Never rejects: each outcome is a state of the session.
    case "form": {
      const { asks, uid, fault } = entry;
      session.setState(fault === undefined ? { at: "out", asks, uid } : { at: "out", asks, uid, fault }, true);
      return;
    }
    default:
      entry satisfies never;
  }
}

function addressOf(uid: string): string {
  return uid === "" ? location.pathname : `${location.pathname}?uid=${encodeURIComponent(uid)}`;
}
