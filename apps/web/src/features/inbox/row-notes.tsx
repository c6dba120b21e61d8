import type { Notification } from "@carillon/protocol";
import { useStore } from "zustand";
import { clock } from "../../store/clock.ts";
import { MuteIcon } from "../../ui/icons.tsx";
import { ClockIcon } from "../../ui/row-icons.tsx";
import { useAllWords } from "../../words/all.ts";
import { useLanguage } from "../../words/index.ts";
import { point } from "../../words/time.ts";

/** Whether there is anything to say of how a notification rings. */
export function hasNotes({ snoozedUntil, wokenFrom, muted }: Notification): boolean {
  return snoozedUntil !== undefined || wokenFrom !== undefined || muted === true;
}

/** Until when a notification is put off, when it was written if it came again, and that it does not ring. */
export function RowNotes({ of: { snoozedUntil, wokenFrom, muted } }: { readonly of: Notification }) {
  const { inbox: words } = useAllWords();
  return (
    <>
      {snoozedUntil !== undefined && (
        <span className="flex items-center gap-1">
          <ClockIcon size={12} />
          <Point at={snoozedUntil} says={words.until} />
        </span>
      )}
      {snoozedUntil === undefined && wokenFrom !== undefined && (
        <span className="flex items-center gap-1">
          <ClockIcon size={12} />
          <Point at={wokenFrom.at} says={words.written} />
        </span>
      )}
      {muted && (
        <span className="flex shrink-0 items-center gap-1">
          <MuteIcon size={12} />
          {words.muted}
        </span>
      )}
    </>
  );
}

function Point({ at, says }: { readonly at: number; readonly says: (when: string) => string }) {
  const language = useLanguage();
  return useStore(clock, (now) => says(point(at, now, language)));
}
