import { caughtUp, toldIn } from "./caught-up.ts";
import { dismiss, toasts } from "./toasts.ts";
import { view } from "./view.ts";

/** No toast has a key without a space. */
const CAUGHT_UP = "caught-up";

let channel: BroadcastChannel | undefined;
let told: ReturnType<typeof toldIn> | undefined;

/** The user is done with a toast, in all tabs of this browser. */
export function dismissEverywhere(key: string): void {
  if (!toasts.getState().standing.some((one) => one.key === key)) return; // It left by itself.
  toasts.setState((all) => dismiss(all, key), true);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel stays within its origin.
  channel?.postMessage(key);
}

/** The user is done with what came while it was quiet, in all tabs of this browser. */
export function dismissCaughtUp(): void {
  const { quiet } = view.getState();
  caughtUp.setState([], true);
  if (quiet !== undefined) told?.tell(quiet);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel stays within its origin.
  channel?.postMessage(CAUGHT_UP);
}

/** Hears what this user is done with in other tabs. Returns how to stop. */
export function hearDismissals(uid: string, storage: Storage | undefined): () => void {
  told = toldIn(uid, storage);
  const heard = new BroadcastChannel(`carillon:toasts:${uid}`);
  heard.addEventListener("message", ({ data: key }: MessageEvent<unknown>) => {
    if (key === CAUGHT_UP) caughtUp.setState([], true);
    else if (typeof key === "string") toasts.setState((all) => dismiss(all, key), true);
  });
  channel = heard;
  return () => {
    channel = undefined;
    heard.close();
  };
}
