import { useStore } from "zustand";
import { clock } from "../../store/clock.ts";
import { connection } from "../../store/connection.ts";
import { Ticks } from "../../ui/ticks.tsx";
import { useAllWords } from "../../words/all.ts";
import { useLanguage } from "../../words/index.ts";
import { moment, point } from "../../words/time.ts";
import type { Line, Underway } from "./lines.ts";

const FILLED = { sending: 0, stored: 1, delivered: 2, seen: 3, read: 4 } as const;

type ProgressProps = Pick<Line, "at" | "reached"> & { readonly state: Underway };

/** How far a draft has come, and when it did, where that is known; all that is known of the way there stands in the tooltip. */
export function Progress({ state, at, reached }: ProgressProps) {
  const words = useAllWords();
  const language = useLanguage();
  const online = useStore(connection, (now) => now.status.at === "online");
  const since = state === "sending" || state === "stored" ? undefined : reached[state];
  const when = useStore(clock, (now) => since !== undefined && point(since, now, language));
  const way = { ...(state !== "sending" && { stored: at }), ...reached };
  const told = STEPS.flatMap((step) => {
    const then = way[step];
    return then === undefined ? [] : `${words.states[step]}: ${moment(then, language)}`;
  });
  return (
    <span className="flex items-center gap-1.5" title={told.join("\n")}>
      <Ticks filled={FILLED[state]} />
      <span>{state === "sending" && !online ? words.sent.waiting : words.states[state]}</span>
      {since !== undefined && (
        <time dateTime={new Date(since).toISOString()} className="tabular-nums">
          {when}
        </time>
      )}
    </span>
  );
}

const STEPS = ["stored", "delivered", "seen", "read"] as const;
