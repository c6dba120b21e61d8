import { type FormEvent, useState } from "react";
import type { SignInFault } from "../../store/session.ts";
import { Button } from "../../ui/button.tsx";
import { CONTROL, Field } from "../../ui/field.tsx";
import { useAllWords } from "../../words/all.ts";
import { arriveWith } from "./arrive.ts";
import { focusAtOnce } from "./focus.ts";
import { Lead } from "./lead.tsx";

const ID = "token";

/** Signs in with a token that somebody else minted. */
export function TokenForm({ fault }: { readonly fault: SignInFault | undefined }) {
  const words = useAllWords();
  const [token, setToken] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    document.getElementById(ID)?.focus();
    arriveWith(token.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Lead title={words.signIn.title} lead={words.signIn.tokenLead} />
      <Field
        id={ID}
        label={words.signIn.token}
        hint={words.signIn.tokenHint}
        fault={fault && words.signInFaults[fault]}
      >
        {(wiring) => (
          <textarea
            {...wiring}
            className={`py-2 ${CONTROL}`}
            dir="ltr"
            rows={4}
            autoComplete="off"
            spellCheck={false}
            ref={focusAtOnce}
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        )}
      </Field>
      <Button look="main" type="submit" className="self-start">
        {words.signIn.enter}
      </Button>
    </form>
  );
}
