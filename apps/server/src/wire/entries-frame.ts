import type { Entry } from "@carillon/protocol";
import type { Pages } from "../hub/ports.ts";

/** The frame of these entries, made once for all tabs that get them. */
export function frameOf(pages: Pages): string {
  let frame = frames.get(pages);
  if (frame === undefined) {
    frame = framed(pages);
    frames.set(pages, frame);
  }
  return frame;
}

const frames = new WeakMap<Pages, string>();

/** P25: with the counts where these entries may have changed them. */
function framed({ entries, counts }: Pages): string {
  const listed = entries.map(({ json }) => json).join(",");
  const counted = entries.some(({ kind }) => COUNTED.has(kind)) ? `,"counts":${JSON.stringify(counts)}` : "";
  return `{"type":"entries","entries":[${listed}]${counted}}`;
}

const COUNTED: ReadonlySet<Entry["kind"]> = new Set(["notification", "mark", "snooze", "retraction", "trim"]);
