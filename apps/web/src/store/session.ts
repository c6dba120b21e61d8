import { createStore } from "zustand/vanilla";

/** Why the last attempt to sign in came to nothing. */
export type SignInFault = "invalidUid" | "unreadableToken" | "expiredToken" | "refusedToken" | "refused";

/** Who uses this page. */
export type Session =
  | { readonly at: "out"; readonly asks: "uid" | "token"; readonly uid: string; readonly fault?: SignInFault }
  | { readonly at: "entering"; readonly uid: string }
  | { readonly at: "in"; readonly uid: string };

export const session = createStore<Session>(() => ({ at: "out", asks: "uid", uid: "" }));
