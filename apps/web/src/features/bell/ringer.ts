import type { Notification } from "@carillon/protocol";
import { notices, sound } from "../../store/alerts.ts";
import { rung } from "../../store/rung.ts";
import { view } from "../../store/view.ts";
import { Notices } from "./notices.ts";
import { type Office, standFor } from "./office.ts";
import { isInSight, showSight } from "./sight.ts";
import { strike } from "./strike.ts";

/** Rings for one user in this browser: of all tabs one is heard, and one shows notices. Returns how to stop. */
export function runRinger(uid: string): () => void {
  const ends = [showSight(uid), runSound(uid), runNotices(uid)];
  return () => {
    for (const end of ends) end();
  };
}

// Browsers let a tab be heard once somebody has used it: before that it does not stand.
function runSound(uid: string): () => void {
  let office: Office | undefined;
  const unused = new AbortController();
  const stand = () => {
    unused.abort();
    office ??= standFor(`carillon:sound:${uid}`);
  };
  if (navigator.userActivation?.hasBeenActive) stand();
  for (const use of ["pointerdown", "keydown"]) addEventListener(use, stand, { signal: unused.signal });
  const silence = rung.subscribe(() => {
    if (sound.getState() === "on" && office?.isHeld()) strike();
  });
  return () => {
    unused.abort();
    silence();
    office?.resign();
  };
}

function runNotices(uid: string): () => void {
  const office = standFor(`carillon:notices:${uid}`);
  const standing = new Notices(uid);
  const unfollow = view.subscribe((now) => standing.follow(now));
  const silence = rung.subscribe((rang) => void tell(rang));
  const tell = async (rang: readonly Notification[]) => {
    if (notices.getState() !== "on" || !office.isHeld() || (await isInSight(uid))) return;
    standing.show(rang);
    standing.follow(view.getState()); // It may have been read while the tabs were asked.
  };
  return () => {
    silence();
    unfollow();
    standing.closeAll();
    office.resign();
  };
}
