import { useStore } from "zustand";
import { session } from "../../store/session.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { LeaveIcon } from "../../ui/icons.tsx";
import { useWords } from "../../words/index.ts";
import { depart } from "../sign-in/arrive.ts";

/** Who I am in this tab, and the way out. */
export function Who() {
  const words = useWords();
  const uid = useStore(session, (now) => now.uid);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="flex min-w-0 items-center gap-2" title={words.who.signedInAs(uid)}>
        <Avatar name={uid} size="small" />
        <span className="sr-only">{words.who.signedInAs(uid)}</span>
        <bdi aria-hidden className="max-w-40 truncate text-small font-bold max-phone:hidden">
          {uid}
        </bdi>
      </span>
      <Button look="icon" aria-label={words.who.signOut} title={words.who.signOut} onClick={depart}>
        <LeaveIcon />
      </Button>
    </span>
  );
}
