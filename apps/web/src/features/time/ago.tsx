import { useStore } from "zustand";
import { clock } from "../../store/clock.ts";
import { useLanguage } from "../../words/index.ts";
import { ago, moment } from "../../words/time.ts";

/** When something was: how long ago, with the whole date and time for those who point at it and for machines. */
export function Ago({ at }: { readonly at: number }) {
  const language = useLanguage();
  const text = useStore(clock, (now) => ago(at, now, language));
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={moment(at, language)}
      className="shrink-0 text-small text-quiet tabular-nums"
    >
      {text}
    </time>
  );
}
