import { useStore } from "zustand";
import { quiet } from "../../hub.ts";
import { clock } from "../../store/clock.ts";
import { isWithoutEnd, useQuiet, withoutEnd } from "../../store/quiet.ts";
import { Button } from "../../ui/button.tsx";
import { useAllWords } from "../../words/all.ts";
import { useLanguage } from "../../words/index.ts";
import { point } from "../../words/time.ts";
import { morningIn } from "../inbox/snooze-times.ts";

const HOUR = 60 * 60_000;

const ENDS = {
  hour: (now: number) => now + HOUR,
  tomorrow: (now: number) => morningIn(1, now),
  withoutEnd,
} as const;

/** For how long nothing is to ring. */
export function QuietSettings() {
  const { quiet: words } = useAllWords().settings;
  const until = useQuiet();
  return (
    <section aria-labelledby="quiet-title" className="flex flex-col gap-1 border-t border-line pt-3">
      <h3 id="quiet-title" className="text-small font-bold">
        {words.title}
      </h3>
      {until === undefined ? <Ends /> : <End until={until} />}
      <p className="text-small leading-words text-quiet">{words.note}</p>
    </section>
  );
}

function Ends() {
  const { quiet: words } = useAllWords().settings;
  return (
    <div className="my-1 flex flex-wrap gap-2">
      {(["hour", "tomorrow", "withoutEnd"] as const).map((name) => (
        <Button key={name} look="plain" data-quiet={name} onClick={() => change(ENDS[name](Date.now()))}>
          {words.ends[name]}
        </Button>
      ))}
    </div>
  );
}

function End({ until }: { readonly until: number }) {
  const { quiet: words } = useAllWords().settings;
  const language = useLanguage();
  const says = useStore(clock, (now) =>
    isWithoutEnd(until, now) ? words.onWithoutEnd : words.on(point(until, now, language)),
  );
  return (
    <div className="my-1 flex items-center justify-between gap-3">
      <p role="status">{says}</p>
      <Button look="plain" onClick={() => change(undefined)}>
        {words.off}
      </Button>
    </div>
  );
}

/** What was pressed goes with it: the keyboard stays in the settings. */
function change(until: number | undefined): void {
  document.getElementById("settings-title")?.focus();
  quiet(until);
}
