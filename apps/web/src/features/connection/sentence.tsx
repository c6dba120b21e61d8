import { useStore } from "zustand";
import { clock } from "../../store/clock.ts";
import type { Status } from "../../store/connection.ts";
import { hangUpOf } from "../../store/hang-up.ts";
import { useWords, type Words } from "../../words/index.ts";
import { hangUpSentence } from "./hang-up-sentence.ts";

/** The connection in words. */
export function Sentence({ status }: { readonly status: Status }) {
  const words = useWords();
  switch (status.at) {
    case "stopped":
    case "connecting":
      return words.connection[status.at];
    case "online":
      return words.connection.online[status.transport];
    case "waiting":
      return (
        <>
          {ended(status.code, words)} <Countdown until={status.until} />
        </>
      );
    case "refused":
      return hangUpSentence(status.code, words);
    default:
      return status satisfies never;
  }
}

/** A cut by the network has a code too, which says nothing to anybody. */
function ended(code: number | undefined, words: Words): string {
  const isTheHubs = code !== undefined && hangUpOf(code) !== undefined;
  return isTheHubs ? hangUpSentence(code, words) : words.connection.waiting;
}

// Read to nobody: a number that changes every second is for the eyes.
function Countdown({ until }: { readonly until: number }) {
  const { countdown } = useWords().connection;
  const seconds = useStore(clock, (now) => Math.max(0, Math.ceil((until - now) / 1_000)));
  return (
    <span aria-live="off" className="tabular-nums">
      {countdown(seconds)}
    </span>
  );
}
