import { notices, sound } from "../../store/alerts.ts";
import { session } from "../../store/session.ts";

/** Has the bell rung for who is signed in, once that is asked for in the settings. Its code is fetched then. */
export function runBell(): void {
  let uid: string | undefined;
  let end: Promise<() => void> | undefined;
  const settle = () => {
    const now = session.getState();
    const asked = sound.getState() === "on" || notices.getState() === "on";
    const wanted = asked && now.at === "in" ? now.uid : undefined;
    if (wanted === uid) return;
    uid = wanted;
    void end?.then((stop) => stop());
    end = wanted === undefined ? undefined : begin(wanted);
  };
  for (const store of [session, sound, notices]) store.subscribe(settle);
  settle();
  // A page that is kept for the way back does not hold what its browser has one of.
  addEventListener("pagehide", () => {
    void end?.then((stop) => stop());
    uid = end = undefined;
  });
  addEventListener("pageshow", settle);
}

async function begin(uid: string): Promise<() => void> {
  try {
    return (await import("./ringer.ts")).runRinger(uid);
  } catch (error) {
    console.error(error); // A hub that went away meanwhile: the page rings by its toasts.
    return () => {};
  }
}
