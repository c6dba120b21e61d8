import { limits } from "@carillon/protocol";
import { attend } from "../../hub.ts";
import { isInSight, SHARES } from "./watch.ts";

// Who has opened a thread and has its newest reply in sight of a visible tab looks at it: what is said there next comes in place,
// and rings nowhere (P56).

/** Milliseconds that it has to be so: a row that is drawn anew, or scrolled by, changes nothing. */
const SETTLED_MS = 250;

const inSight = new Map<Element, string>();
let told: readonly string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

const observer = new IntersectionObserver(
  (looks) => {
    for (const look of looks) {
      const thread = look.target instanceof HTMLElement ? look.target.dataset["thread"] : undefined;
      if (thread !== undefined && isInSight(look)) inSight.set(look.target, thread);
      else inSight.delete(look.target);
    }
    schedule();
  },
  { threshold: SHARES },
);

document.addEventListener("visibilitychange", schedule);

/** Looks after the first row of an open thread, which `data-thread` names, for as long as it stands in the document. */
export function attendIn(row: HTMLElement | null): (() => void) | undefined {
  if (row === null) return undefined;
  observer.observe(row);
  return () => {
    observer.unobserve(row);
    inSight.delete(row);
    schedule();
  };
}

function schedule(): void {
  clearTimeout(timer);
  timer = setTimeout(tell, SETTLED_MS);
}

function tell(): void {
  const isVisible = document.visibilityState === "visible";
  const threads = isVisible ? [...new Set(inSight.values())].slice(-limits.attendedThreads) : [];
  if (threads.length === told.length && threads.every((thread, index) => thread === told[index])) return;
  told = threads;
  attend(threads);
}
