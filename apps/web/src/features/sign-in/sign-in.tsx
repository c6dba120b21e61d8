import { useState } from "react";
import { useStore } from "zustand";
import { type Session, session } from "../../store/session.ts";
import { NameForm } from "./name-form.tsx";
import { TokenForm } from "./token-form.tsx";

/** Asks for a name or, where names alone do not do, for a token. */
export function SignIn() {
  const state = useStore(session);
  // A page that opens with a name in its address shows the form only if the hub takes its time.
  const [late] = useState(state.at === "entering");
  if (state.at === "in") return null;
  return (
    <main className={`mx-auto w-full max-w-sm px-4 py-12 wide:py-24 ${late ? "late" : ""}`}>
      {asksToken(state) ? (
        <TokenForm fault={faultOf(state)} />
      ) : (
        <NameForm uid={state.uid} entering={state.at === "entering"} fault={faultOf(state)} />
      )}
    </main>
  );
}

type Outside = Exclude<Session, { at: "in" }>;

function asksToken(state: Outside): boolean {
  return state.at === "out" && state.asks === "token";
}

function faultOf(state: Outside) {
  return state.at === "out" ? state.fault : undefined;
}
