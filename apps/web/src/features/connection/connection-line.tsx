import { useStore } from "zustand";
import { connection } from "../../store/connection.ts";
import { Actions } from "./actions.tsx";
import { Dot } from "./dot.tsx";
import { Sentence } from "./sentence.tsx";

const LOOKS = {
  quiet: "text-quiet",
  // Where the bar is narrow, a sentence gets a line of its own.
  trouble: "max-wide:order-last max-wide:basis-full max-wide:border-t max-wide:border-line max-wide:py-1",
} as const;

/** How the connection stands: a dot and a word, and a sentence with what to do when something is wrong. */
export function ConnectionLine() {
  const status = useStore(connection, (now) => now.status);
  const look = status.at === "waiting" || status.at === "refused" ? "trouble" : "quiet";
  return (
    <div className={`flex items-center gap-2 text-small ${LOOKS[look]}`}>
      {/* One element for all that happens: what changes in it is read out, a new one would not be. */}
      <p role="status" className="flex flex-1 items-baseline gap-2">
        <Dot at={status.at} />
        {/* On the narrowest screens the dot says it to the eyes, until there is a sentence to say. */}
        <span className={look === "quiet" ? "max-[360px]:sr-only" : ""}>
          <Sentence status={status} />
        </span>
      </p>
      <Actions status={status} />
    </div>
  );
}
