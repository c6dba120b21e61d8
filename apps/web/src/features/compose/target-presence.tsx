import { useStore } from "zustand";
import { compose, targetOf } from "../../store/compose.ts";
import { presence } from "../../store/presence.ts";
import { useWords } from "../../words/index.ts";

/** Whether whom it goes to is online; nothing while that is not known. */
export function TargetPresence() {
  const { compose: words } = useWords();
  const target = useStore(compose, targetOf);
  const isOnline = useStore(presence, (now) => now.get(target));
  if (isOnline === undefined) return null;
  return (
    <span className="flex items-baseline gap-2">
      <span aria-hidden className={`size-2 shrink-0 rounded-full ${isOnline ? "bg-bronze" : "border-2 border-edge"}`} />
      {isOnline ? words.targetOnline : words.targetAway}
    </span>
  );
}
