import type { FormEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { useWords } from "../../words/index.ts";
import { focusOn } from "./focus.ts";
import { MessageField } from "./message-field.tsx";
import { submit } from "./submit.ts";
import { AnswersIn } from "./answers-in.tsx";
import { TargetField } from "./target-field.tsx";

// Where the key is called so, the hint is, too; both keys work everywhere.
const onMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Writes to somebody. After sending, the next message to the same person can be typed at once. */
export function ComposeForm() {
  const { compose: words } = useWords();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    focusOn(submit() ?? "text");
  };
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-3">
      <TargetField />
      <AnswersIn />
      <MessageField />
      <div className="flex items-center gap-3">
        <Button look="main" type="submit">
          {words.send}
        </Button>
        <kbd className="font-sans text-small text-quiet pointer-coarse:hidden">
          {onMac ? words.sendKeysMac : words.sendKeys}
        </kbd>
      </div>
    </form>
  );
}
