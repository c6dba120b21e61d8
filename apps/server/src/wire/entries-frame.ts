import type { Entry } from "@carillon/protocol";
import type { Pages } from "../hub/ports.ts";

/** The frame of these entries, made once for all tabs that are to acknowledge them, and once for all others (P57). */
export function frameOf(pages: Pages, isAsked: boolean): string {
  const frames = isAsked ? asking : telling;
  let frame = frames.get(pages);
  if (frame === undefined) {
    frame = isAsked ? framed(pages) : unasked(frameOf(pages, true));
    frames.set(pages, frame);
  }
  return frame;
}

const asking = new WeakMap<Pages, string>();
const telling = new WeakMap<Pages, string>();

function unasked(frame: string): string {
  return `${frame.slice(0, -1)},"ack":false}`;
}

/** P25: with the counts where these entries may have changed them. */
function framed({ entries, counts }: Pages): string {
  const listed = entries.map(({ json }) => json).join(",");
  const counted = entries.some(({ kind }) => COUNTED.has(kind)) ? `,"counts":${JSON.stringify(counts)}` : "";
  return `{"type":"entries","entries":[${listed}]${counted}}`;
}

const COUNTED: ReadonlySet<Entry["kind"]> = new Set(["notification", "mark", "snooze", "retraction", "trim"]);
