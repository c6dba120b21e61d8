import type { Entries, Entry } from "@carillon/protocol";
import type { Pages } from "../hub/ports.ts";

/** The frame of these entries, encoded once for all tabs that get them. */
export function frameOf(pages: Pages): string {
  let frame = frames.get(pages);
  if (frame === undefined) {
    frame = JSON.stringify(encodable(pages));
    frames.set(pages, frame);
  }
  return frame;
}

const frames = new WeakMap<Pages, string>();

/** P25: with the counts where these entries may have changed them. */
function encodable({ entries, counts }: Pages): EntriesFrame {
  return entries.some(({ kind }) => COUNTED.has(kind))
    ? { type: "entries", entries, counts }
    : { type: "entries", entries };
}

const COUNTED: ReadonlySet<Entry["kind"]> = new Set(["notification", "mark", "snooze", "retraction", "trim"]);

type EntriesFrame = Omit<Entries, "entries"> & { readonly entries: readonly Entry[] };
