import {
  type Counts,
  type Entry,
  type HistoryKind,
  isQuiet,
  type MarkName,
  type MarkTarget,
  type MuteTarget,
  type Notification,
  type Page,
  type QuietTime,
  type Sent,
  type SentState,
  type Seq,
  type Snapshot,
} from "@carillon/protocol";
import { limits } from "@carillon/protocol";

export const ME = "me";

/** What can happen to a user's log. Whom it is about is told by a number, as items are there or not. */
export type Happening =
  | { readonly op: "arrive" | "write"; readonly with: string }
  | { readonly op: "receipt"; readonly state: Exclude<SentState, "stored">; readonly which: readonly number[] }
  | { readonly op: "mark"; readonly mark: MarkName; readonly which: readonly number[] | number }
  | { readonly op: "snooze"; readonly which: readonly number[]; readonly until: number | undefined }
  /** The time of one that is put off has come. */
  | { readonly op: "wake"; readonly which: number }
  | { readonly op: "mute"; readonly target: MuteTarget; readonly muted: boolean }
  | { readonly op: "quiet"; readonly until: number | undefined }
  | { readonly op: "edit" | "retract"; readonly own: boolean; readonly which: number }
  | { readonly op: "trim"; readonly which: number };

const RANK = ["stored", "delivered", "seen", "read"];

/** One user's log as the contract tells it, item by item and without haste: what a client is compared with. */
export class LogModel {
  #seq: Seq = 0;
  #trimmed: Seq = 0;
  /** As they were when they were appended. */
  readonly entries: Entry[] = [];
  notifications: readonly Notification[] = [];
  sent: readonly Sent[] = [];
  /** By their targets, as JSON. */
  readonly mutes = new Set<string>();
  quiet: QuietTime | undefined;

  happen(what: Happening): void {
    switch (what.op) {
      case "arrive":
        return this.#arrive(what.with);
      case "write":
        return this.#write(what.with);
      case "receipt":
        return this.#receipt(what.state, this.#seqsOf(this.sent, what.which));
      case "mark":
        return this.#mark(what.mark, what.which);
      case "snooze":
        return this.#snooze(this.#seqsOf(this.standing, what.which), what.until);
      case "wake":
        return this.#wake(
          picked(
            this.standing.filter(({ snoozedUntil }) => snoozedUntil !== undefined),
            what.which,
          ),
        );
      case "mute":
        return this.#mute(what.target, what.muted);
      case "quiet":
        return this.#quiet(what.until);
      case "edit":
      case "retract":
        return this.#change(
          what.op,
          picked<Notification | Sent>(what.own ? this.sent : this.notifications, what.which),
        );
      case "trim":
        return this.#trim(what.which % (this.#seq + 1));
      default:
        what satisfies never;
    }
  }

  /** Those that are one for their recipient. */
  get standing(): readonly Notification[] {
    return this.notifications.filter(({ retracted, wokenAs }) => retracted !== true && wokenAs === undefined);
  }

  get archived(): readonly Notification[] {
    return this.standing.filter(({ archived }) => archived === true);
  }

  /** P10: these entries, items as they stand now. */
  since(seq: Seq): readonly Entry[] {
    const now = new Map([...this.notifications, ...this.sent].map((item) => [item.seq, item]));
    return this.entries.filter((entry) => entry.seq > seq).map((entry) => now.get(entry.seq) ?? entry);
  }

  snapshot(): Snapshot {
    const newest = <T>(items: readonly T[]) => items.slice(-limits.snapshotItems);
    const mutes = Array.from(this.mutes, (target): MuteTarget => JSON.parse(target));
    const { quiet } = this;
    return { notifications: newest(this.notifications), sent: newest(this.sent), acked: 0, mutes, quiet };
  }

  counts(): Counts {
    const standing = this.standing.filter((item) => !item.archived && !item.muted && item.snoozedUntil === undefined);
    const unseen = standing.filter((item) => !item.seen).length;
    return { unseen, unread: standing.filter((item) => !item.read).length, asOf: this.#seq };
  }

  page(of: HistoryKind, before: Seq, limit: number): Pick<Page, "items" | "end"> {
    const lists = { notification: this.notifications, sent: this.sent, archived: this.archived };
    const older = lists[of].filter(({ seq }) => seq < before);
    return { items: older.slice(-limit), end: older.length <= limit };
  }

  #arrive(from: string): void {
    const muted = this.mutes.has(JSON.stringify({ from })) ? { muted: true as const } : {};
    const next = this.#next();
    const entry = { kind: "notification", ...next, id: `${from}-${next.seq}`, from, text: "hello", ...muted } as const;
    this.notifications = [...this.notifications, entry];
    this.entries.push(entry);
  }

  #write(to: string): void {
    const id = `mine-${this.#seq + 1}`;
    const entry = { kind: "sent", ...this.#next(), id, to, text: "hello", state: "stored" } as const;
    this.sent = [...this.sent, entry];
    this.entries.push(entry);
    if (to !== ME) return;
    const copy = { kind: "notification", ...this.#next(), id, from: ME, text: "hello" } as const;
    this.notifications = [...this.notifications, copy];
    this.entries.push(copy);
  }

  #receipt(state: Exclude<SentState, "stored">, seqs: readonly Seq[]): void {
    const news = this.sent.filter((line) => seqs.includes(line.seq) && RANK.indexOf(line.state) < RANK.indexOf(state));
    if (news.length === 0) return;
    this.entries.push({ kind: "receipt", ...this.#next(), state, to: "anybody", ids: news.map(({ id }) => id) });
    this.sent = this.sent.map((line) => (news.includes(line) ? { ...line, state } : line));
  }

  #mark(mark: MarkName, which: readonly number[] | number): void {
    const seqs = typeof which === "number" ? [] : this.#seqsOf(this.notifications, which);
    const target: MarkTarget = typeof which === "number" ? { upTo: which % (this.#seq + 1) } : { seqs: [...seqs] };
    if (typeof which !== "number" && seqs.length === 0) return;
    this.entries.push({ kind: "mark", ...this.#next(), mark, target });
    this.notifications = this.notifications.map((item) => {
      const isMeant = "upTo" in target ? item.seq <= target.upTo : seqs.includes(item.seq);
      return isMeant && this.standing.includes(item) ? marked(item, mark) : item;
    });
  }

  #snooze(seqs: readonly Seq[], until: number | undefined): void {
    if (seqs.length === 0) return;
    this.entries.push({ kind: "snooze", ...this.#next(), seqs: [...seqs], ...(until !== undefined && { until }) });
    this.notifications = this.notifications.map((item) => {
      const { snoozedUntil: _, ...awake } = item;
      if (!seqs.includes(item.seq)) return item;
      return until === undefined ? awake : { ...awake, snoozedUntil: until };
    });
  }

  /** P53: it stands at the end now, unseen, unread, not archived. */
  #wake(item: Notification | undefined): void {
    if (item === undefined) return;
    const { snoozedUntil: _u, seen: _s, read: _r, archived: _a, wokenFrom, ...rest } = item;
    const was = { seq: item.seq, at: wokenFrom?.at ?? item.at };
    const entry: Notification = { ...rest, ...this.#next(), wokenFrom: was };
    const { kind, seq, at, id, from } = item;
    const left: Notification = {
      kind,
      seq,
      at,
      id,
      from,
      text: "",
      wokenAs: entry.seq,
      ...(wokenFrom && { wokenFrom }),
    };
    this.notifications = [...this.notifications.map((one) => (one === item ? left : one)), entry];
    this.entries.push(entry);
  }

  #mute(target: MuteTarget, muted: boolean): void {
    const name = JSON.stringify(target);
    if (this.mutes.has(name) === muted) return;
    this.entries.push({ kind: "mute", ...this.#next(), target, muted });
    if (muted) this.mutes.add(name);
    else this.mutes.delete(name);
  }

  #quiet(until: number | undefined): void {
    const { seq, at } = this.#next();
    const since = isQuiet(this.quiet, at) ? this.quiet.since : seq;
    this.quiet = until === undefined ? { since, until: at, over: true } : { since, until };
    this.entries.push({ kind: "quiet", seq, at, quiet: this.quiet });
  }

  /** P26: of both copies, where both are in this log. */
  #change(op: "edit" | "retract", item: Notification | Sent | undefined): void {
    if (item === undefined || item.retracted || ("wokenAs" in item && item.wokenAs !== undefined)) return;
    const [from, to] = item.kind === "sent" ? [ME, item.to] : [item.from, ME];
    const text = op === "edit" ? `hello ${this.#seq}` : "";
    const between = { ...this.#next(), from, to, id: item.id };
    this.entries.push(op === "edit" ? { kind: "edit", ...between, text } : { kind: "retraction", ...between });
    const flag = op === "edit" ? { edited: true as const } : { retracted: true as const };
    this.notifications = this.notifications.map((one) =>
      one.id === item.id && one.from === from && this.standing.includes(one) ? { ...one, text, ...flag } : one,
    );
    this.sent = this.sent.map((one) => (one.id === item.id && from === ME ? { ...one, text, ...flag } : one));
  }

  #trim(upTo: Seq): void {
    if (upTo <= this.#trimmed) return;
    this.#trimmed = upTo;
    this.entries.push({ kind: "trim", ...this.#next(), upTo });
    this.notifications = this.notifications.filter(({ seq }) => seq > upTo);
    this.sent = this.sent.filter(({ seq }) => seq > upTo);
  }

  #next(): { readonly seq: Seq; readonly at: number } {
    this.#seq += 1;
    return { seq: this.#seq, at: this.#seq };
  }

  #seqsOf(items: readonly (Notification | Sent)[], which: readonly number[]): readonly Seq[] {
    return which.flatMap((number) => picked(items, number)?.seq ?? []);
  }
}

function marked(item: Notification, mark: MarkName): Notification {
  const { read: _r, ...unread } = item;
  const { archived: _a, ...back } = item;
  switch (mark) {
    case "seen":
      return { ...item, seen: true };
    case "read":
      return { ...item, seen: true, read: true };
    case "unread":
      return unread;
    case "archived":
      return { ...item, seen: true, archived: true };
    case "unarchived":
      return back;
    default:
      return mark satisfies never;
  }
}

/** Late ones more often than early ones: what is in a snapshot is what changes. */
function picked<T>(items: readonly T[], which: number): T | undefined {
  return items.at(-1 - (which % Math.max(1, items.length)));
}
