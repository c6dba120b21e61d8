import type { QuietTime } from "@carillon/protocol";
import type { Change } from "../outbox/waiting.ts";
import { withEdit, withMark, withRetraction, withSnooze } from "./entries.ts";
import { emptyLog, type Log } from "./log.ts";
import { withMute } from "./silence.ts";

/**
 * The log as it will be once the hub has granted what its user wants changed. The counts are left alone (P25). What the log says
 * already is not changed again: so nothing flickers when the entry comes before the answer, and a refusal shows what was before.
 */
export function asWanted(log: Log, changes: readonly Change[]): Log {
  return changes.reduce(withChange, log);
}

function withChange(log: Log, change: Change): Log {
  switch (change.type) {
    case "mark":
      return withMark(log, change.mark, change.target);
    case "snooze":
      return withSnooze(log, change.seqs, change.until);
    case "mute":
      return { ...log, mutes: withMute(log.mutes, change.target, change.muted) };
    case "quiet":
      return { ...log, quiet: wantedQuiet(log, change.until) };
    case "edit":
      return withEdit(log, log.uid, change.draft, change.text);
    case "retract":
      return withRetraction(log, log.uid, change.draft);
    default:
      return change satisfies never;
  }
}

/** Since which entry, the hub will say: not before those that are here. */
function wantedQuiet({ quiet, counts }: Log, until: number | undefined): QuietTime | undefined {
  if (until === undefined) return quiet && { ...quiet, over: true };
  return quiet?.until === until ? quiet : { since: counts?.asOf ?? 0, until };
}

/** Remembers what was wanted last: arrays are replaced only when they change. */
export class Wanted {
  #last: { readonly log: Log; readonly changes: readonly Change[]; readonly wanted: Log } = {
    log: emptyLog,
    changes: [],
    wanted: emptyLog,
  };

  of(log: Log, changes: readonly Change[]): Log {
    const { log: before, changes: wantedBefore, wanted: shown } = this.#last;
    const wanted = asWanted(log, changes);
    const isSame = changes === wantedBefore && log.uid === before.uid;
    const areSame = isSame && log.notifications === before.notifications && log.archived === before.archived;
    const { notifications, archived } = areSame ? shown : wanted;
    const sent = isSame && log.sent === before.sent ? shown.sent : wanted.sent;
    const mutes = isSame && log.mutes === before.mutes ? shown.mutes : wanted.mutes;
    const quiet = isSame && log.quiet === before.quiet ? shown.quiet : wanted.quiet;
    this.#last = { log, changes, wanted: { ...wanted, notifications, archived, sent, mutes, quiet } };
    return this.#last.wanted;
  }
}
