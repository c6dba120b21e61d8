import type { MuteTarget } from "@carillon/protocol";
import { useStore } from "zustand";
import { mute } from "../../hub.ts";
import { view } from "../../store/view.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useAllWords } from "../../words/all.ts";

/** What is muted, and the way back for each. */
export function MuteSettings() {
  const { mutes: words } = useAllWords().settings;
  const mutes = useStore(view, (now) => now.mutes);
  return (
    <section aria-labelledby="mutes-title" className="flex flex-col gap-1 border-t border-line pt-3">
      <h3 id="mutes-title" tabIndex={-1} className="text-small font-bold">
        {words.title}
      </h3>
      {mutes.length === 0 && <p className="text-small leading-words text-quiet">{words.none}</p>}
      <ul className="max-h-40 overflow-y-auto">
        {mutes.map((target) => (
          <MuteLine key={JSON.stringify(target)} target={target} />
        ))}
      </ul>
    </section>
  );
}

function MuteLine({ target }: { readonly target: MuteTarget }) {
  const { mutes: words } = useAllWords().settings;
  const name = "thread" in target ? target.thread : target.from;
  const unmute = () => {
    document.getElementById("mutes-title")?.focus(); // The line goes.
    mute(target, false);
  };
  return (
    <li className="flex items-center gap-3">
      <span className="flex min-w-0 flex-1 items-center gap-2">
        {"thread" in target ? (
          <Thread name={name} />
        ) : (
          <>
            <Avatar name={name} size="small" />
            <bdi className="truncate" title={name}>
              {name}
            </bdi>
          </>
        )}
      </span>
      <Button look="text" aria-label={words.unmuteOne(name)} onClick={unmute}>
        {words.unmute}
      </Button>
    </li>
  );
}
