import type { MarkName, MarkTarget, Notification, Receipt, Sent, SentState, Seq } from "@carillon/protocol";

// Each gives the same array when nothing in it changes, and the same object for each item that does not (P10).

/** What a mark makes of notifications. P23: seen is for ever, read implies it. P52: and so does archived. */
export function marked(
  notifications: readonly Notification[],
  mark: MarkName,
  target: MarkTarget,
): readonly Notification[] {
  const isMeant = meantBy(target);
  return changed(notifications, (item) => (isMeant(item) ? MARKS[mark](item) : item));
}

/** P53: put off until then, or not any more. */
export function snoozed(
  notifications: readonly Notification[],
  seqs: readonly Seq[],
  until: number | undefined,
): readonly Notification[] {
  const isMeant = meantBy({ seqs: [...seqs] });
  return changed(notifications, (item) =>
    isMeant(item) && item.snoozedUntil !== until ? withSnooze(item, until) : item,
  );
}

function withSnooze(item: Notification, until: number | undefined): Notification {
  const { snoozedUntil: _former, ...awake } = item;
  return until === undefined ? awake : { ...item, snoozedUntil: until };
}

/** P24: what became of drafts; a state that was reached is not taken back. */
export function receipted(sent: readonly Sent[], { ids, state }: Receipt): readonly Sent[] {
  const concerned = new Set(ids);
  return changed(sent, (line) =>
    concerned.has(line.id) && RANK[state] > RANK[line.state] ? { ...line, state } : line,
  );
}

/** P26: the text of what this names is another one now, unless it was taken back. */
export function edited<Item extends Notification | Sent>(
  items: readonly Item[],
  isMeant: (item: Item) => boolean,
  text: string,
): readonly Item[] {
  const isNews = (item: Item) => !item.retracted && !(item.edited && item.text === text);
  return changed(items, (item) => (isMeant(item) && isNews(item) ? { ...item, text, edited: true } : item));
}

/** P26: an author still sees that there was something; its text is gone. */
export function retracted(sent: readonly Sent[], draft: string): readonly Sent[] {
  return changed(sent, (line) =>
    line.id === draft && !line.retracted ? { ...line, text: "", retracted: true } : line,
  );
}

/** Those that stay. */
export function kept<Item>(items: readonly Item[], stays: (item: Item) => boolean): readonly Item[] {
  return items.every(stays) ? items : items.filter(stays);
}

function changed<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const after = items.map(change);
  return after.every((item, index) => item === items[index]) ? items : after;
}

function meantBy(target: MarkTarget): (item: Notification) => boolean {
  if ("upTo" in target) return ({ seq }) => seq <= target.upTo;
  const seqs = new Set(target.seqs);
  return ({ seq }) => seqs.has(seq);
}

const MARKS: { readonly [Name in MarkName]: (item: Notification) => Notification } = {
  seen: (item) => (item.seen ? item : { ...item, seen: true }),
  read: (item) => (item.seen && item.read ? item : { ...item, seen: true, read: true }),
  unread: (item) => {
    const { read, ...unread } = item;
    return read ? unread : item;
  },
  archived: (item) => (item.seen && item.archived ? item : { ...item, seen: true, archived: true }),
  unarchived: (item) => {
    const { archived, ...back } = item;
    return archived ? back : item;
  },
};

const RANK: { readonly [State in SentState]: number } = { stored: 0, delivered: 1, seen: 2, read: 3 };
