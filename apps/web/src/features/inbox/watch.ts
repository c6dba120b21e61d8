import { mark } from "../../hub.ts";
import { type Dwell, enter, leave, nextRipe, restart, ripen } from "../../store/dwell.ts";
import { view } from "../../store/view.ts";

// A row is seen when at least half of it, or as much of it as fills half of the viewport, stood in sight of a visible tab
// for a second (P23). A toast only passes by: it counts once a pointer or the keyboard has rested on it for as long.

/** Seqs of one mark (protocol, `limits.markedAtOnce`). */
const AT_ONCE = 200;
/** Between two marks, so that rows that come into sight one after another share one. */
const BETWEEN_MS = 1_000;
/** Shares of a row at which the browser looks again: a row higher than the viewport never shows half of itself. */
export const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5];

let dwell: Dwell<Element> = new Map();
let timer: ReturnType<typeof setTimeout> | undefined;
let markedAt = -BETWEEN_MS;

const observer = new IntersectionObserver(
  (looks) => {
    const now = performance.now();
    for (const look of looks) {
      dwell = isInSight(look) ? enter(dwell, look.target, now) : leave(dwell, look.target);
    }
    schedule();
  },
  { threshold: SHARES },
);

document.addEventListener("visibilitychange", () => {
  dwell = restart(dwell, performance.now());
  schedule();
});

/** Looks after a row, whose `data-seq` is its notification's, for as long as it stands in the document. */
export function watch(row: HTMLElement | null): (() => void) | undefined {
  if (row === null) return undefined;
  observer.observe(row);
  return () => {
    observer.unobserve(row);
    dwell = leave(dwell, row);
  };
}

/** Whether half of a row, or of the viewport, is filled with it. */
export function isInSight({
  isIntersecting,
  intersectionRatio,
  intersectionRect,
  rootBounds,
}: IntersectionObserverEntry) {
  if (!isIntersecting) return false;
  return intersectionRatio >= 0.5 || intersectionRect.height >= (rootBounds?.height ?? Infinity) / 2;
}

function schedule(): void {
  clearTimeout(timer);
  const next = nextRipe(dwell);
  if (next === undefined || document.visibilityState !== "visible") return;
  timer = setTimeout(tell, Math.ceil(Math.max(next, markedAt + BETWEEN_MS) - performance.now()));
}

function tell(): void {
  const now = performance.now();
  const [after, rows] = ripen(dwell, now, AT_ONCE);
  dwell = after;
  const seqs = unseenAmong(rows.map((row) => Number(row instanceof HTMLElement && row.dataset["seq"])));
  if (seqs.length > 0) {
    markedAt = now;
    mark("seen", { seqs });
  }
  schedule();
}

function unseenAmong(seqs: readonly number[]): number[] {
  const { notifications } = view.getState();
  const unseen = new Set(notifications.filter(({ seen, read }) => !seen && !read).map(({ seq }) => seq));
  return seqs.filter((seq) => unseen.has(seq));
}
