import type { Change } from "../outbox/waiting.ts";
import { withEdit, withRetraction } from "./entries.ts";
import { marked } from "./items.ts";
import { emptyLog, type Log } from "./log.ts";

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
      return { ...log, notifications: marked(log.notifications, change.mark, change.target) };
    case "edit":
      return withEdit(log, log.uid, change.draft, change.text);
    case "retract":
      return withRetraction(log, log.uid, change.draft);
    default:
      return change satisfies never;
  }
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
    const notifications =
      isSame && log.notifications === before.notifications ? shown.notifications : wanted.notifications;
    const sent = isSame && log.sent === before.sent ? shown.sent : wanted.sent;
    this.#last = { log, changes, wanted: { ...wanted, notifications, sent } };
    return this.#last.wanted;
  }
}
