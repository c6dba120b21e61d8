import { type FormEvent, useState } from "react";
import type { SignInFault } from "../../store/session.ts";
import { Button } from "../../ui/button.tsx";
import { CONTROL, Field } from "../../ui/field.tsx";
import { useAllWords } from "../../words/all.ts";
import { arriveAs } from "./arrive.ts";
import { focusAtOnce } from "./focus.ts";
import { Lead } from "./lead.tsx";

const ID = "uid";

type NameFormProps = { readonly uid: string; readonly entering: boolean; readonly fault: SignInFault | undefined };

/** Signs in by name alone, where the hub allows that. */
export function NameForm({ uid: first, entering, fault }: NameFormProps) {
  const words = useAllWords();
  const [uid, setUid] = useState(first);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    document.getElementById(ID)?.focus();
    arriveAs(uid.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Lead title={words.signIn.title} lead={words.signIn.lead} />
      <Field id={ID} label={words.signIn.uid} hint={words.signIn.uidHint} fault={fault && words.signInFaults[fault]}>
        {(wiring) => (
          <input
            {...wiring}
            className={`target ${CONTROL}`}
            dir="auto"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            ref={focusAtOnce}
            value={uid}
            onChange={(event) => setUid(event.target.value)}
          />
        )}
      </Field>
      <Button look="main" type="submit" disabled={entering} className="self-start">
        {entering ? words.signIn.entering : words.signIn.enter}
      </Button>
    </form>
  );
}
