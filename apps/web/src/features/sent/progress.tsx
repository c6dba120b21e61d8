import { useStore } from "zustand";
import { connection } from "../../store/connection.ts";
import { Ticks } from "../../ui/ticks.tsx";
import { useWords } from "../../words/index.ts";
import type { Underway } from "./lines.ts";

const FILLED = { sending: 0, stored: 1, delivered: 2, seen: 3, read: 4 } as const;

/** How far a draft has come. */
export function Progress({ state }: { readonly state: Underway }) {
  const words = useWords();
  const online = useStore(connection, (now) => now.status.at === "online");
  return (
    <span className="flex items-center gap-1.5">
      <Ticks filled={FILLED[state]} />
      {state === "sending" && !online ? words.sent.waiting : words.states[state]}
    </span>
  );
}
