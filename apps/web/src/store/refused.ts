import type { Change } from "@carillon/client";
import type { Refusal } from "@carillon/protocol";
import { createStore } from "zustand/vanilla";

/** What the hub refused last of what the user wanted changed: told where it was wanted, until something else is. */
export type Refused =
  | { readonly at: "inbox"; readonly refusal: Refusal }
  | { readonly at: "sent"; readonly draft: string; readonly refusal: Refusal };

export const refused = createStore<Refused | undefined>(() => undefined);

/** That something was not seen is nobody's wish: the row tries again when it comes into sight anew. */
export function changeRefused(change: Change, refusal: Refusal): void {
  if ("draft" in change) refused.setState({ at: "sent", draft: change.draft, refusal }, true);
  else if (change.type !== "mark" || change.mark !== "seen") refused.setState({ at: "inbox", refusal }, true);
}

/** The user wants something else, or is somebody else. */
export function forgetRefused(): void {
  refused.setState(undefined, true);
}
