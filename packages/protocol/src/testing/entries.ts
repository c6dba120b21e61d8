import fc from "fast-check";
import type { Counts, Entry, Notification, Page, QuietTime, Sent, Snapshot } from "../index.ts";
import { at, data, id, mark, muteTarget, priority, seq, seqs, target, text, thread, uid, url, yes } from "./words.ts";

export const counts: fc.Arbitrary<Counts> = fc.record({ unseen: fc.nat(), unread: fc.nat(), asOf: seq });

const between = { from: uid, to: uid, id };
const content = { id, text, thread, edited: yes, retracted: yes };

const notification: fc.Arbitrary<Notification> = fc.record(
  {
    kind: fc.constant("notification" as const),
    seq,
    at,
    from: uid,
    ...content,
    url,
    data,
    priority,
    expiresAt: at,
    seen: yes,
    read: yes,
    archived: yes,
    snoozedUntil: at,
    wokenFrom: fc.record({ seq, at }),
    wokenAs: seq,
    muted: yes,
    attended: yes,
  },
  { requiredKeys: ["kind", "seq", "at", "from", "id", "text"] },
);
const sent: fc.Arbitrary<Sent> = fc.record(
  {
    kind: fc.constant("sent" as const),
    seq,
    at,
    to: uid,
    ...content,
    state: fc.constantFrom("stored" as const, "delivered" as const, "seen" as const, "read" as const),
  },
  { requiredKeys: ["kind", "seq", "at", "to", "id", "text", "state"] },
);

const quiet: fc.Arbitrary<QuietTime> = fc.record(
  { since: seq, until: at, over: fc.constant(true as const) },
  { requiredKeys: ["since", "until"] },
);

/** Any position of a log. */
export const entry: fc.Arbitrary<Entry> = fc.oneof(
  notification,
  sent,
  fc.record(
    {
      kind: fc.constant("receipt" as const),
      seq,
      at,
      state: fc.constantFrom("delivered" as const, "seen" as const, "read" as const),
      to: uid,
      ids: fc.array(id, { maxLength: 10 }),
    },
    { requiredKeys: ["kind", "seq", "at", "state", "ids"] },
  ),
  fc.record({ kind: fc.constant("mark" as const), seq, at, mark, target }),
  fc.record(
    { kind: fc.constant("snooze" as const), seq, at, seqs, until: at },
    { requiredKeys: ["kind", "seq", "at", "seqs"] },
  ),
  fc.record({ kind: fc.constant("mute" as const), seq, at, target: muteTarget, muted: fc.boolean() }),
  fc.record({ kind: fc.constant("quiet" as const), seq, at, quiet }),
  fc.record({ kind: fc.constant("edit" as const), seq, at, ...between, text }),
  fc.record({ kind: fc.constant("retraction" as const), seq, at, ...between }),
  fc.record({ kind: fc.constant("trim" as const), seq, at, upTo: seq }),
);

export const snapshot: fc.Arbitrary<Snapshot> = fc.record(
  {
    notifications: fc.array(notification, { maxLength: 5 }),
    sent: fc.array(sent, { maxLength: 5 }),
    acked: seq,
    mutes: fc.array(muteTarget, { maxLength: 5 }),
    quiet,
  },
  { requiredKeys: ["notifications", "sent", "acked", "mutes"] },
);

export const page: fc.Arbitrary<Page> = fc.record({
  type: fc.constant("page" as const),
  id,
  items: fc.array(fc.oneof(notification, sent), { maxLength: 5 }),
  end: fc.boolean(),
});
