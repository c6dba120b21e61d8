import type {
  Counts,
  Entry,
  MarkName,
  MarkTarget,
  Notification,
  Page,
  Sent,
  SentState,
  Seq,
  Snapshot,
} from "@carillon/protocol";
import { limits } from "@carillon/protocol";

export const ME = "me";

/** What can happen to a user's log. Whom it is about is told by a number, as items are there or not. */
export type Happening =
  | { readonly op: "arrive" | "write"; readonly with: string }
  | { readonly op: "receipt"; readonly state: Exclude<SentState, "stored">; readonly which: readonly number[] }
  | { readonly op: "mark"; readonly mark: MarkName; readonly which: readonly number[] | number }
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

  /** P10: these entries, items as they stand now. */
  since(seq: Seq): readonly Entry[] {
    const now = new Map([...this.notifications, ...this.sent].map((item) => [item.seq, item]));
    return this.entries.filter((entry) => entry.seq > seq).map((entry) => now.get(entry.seq) ?? entry);
  }

  snapshot(): Snapshot {
    const newest = <T>(items: readonly T[]) => items.slice(-limits.snapshotItems);
    return { notifications: newest(this.notifications), sent: newest(this.sent), acked: 0 };
  }

  counts(): Counts {
    const standing = this.notifications.filter((item) => !item.retracted);
    const unseen = standing.filter((item) => !item.seen).length;
    return { unseen, unread: standing.filter((item) => !item.read).length, asOf: this.#seq };
  }

  page(of: "notification" | "sent", before: Seq, limit: number): Pick<Page, "items" | "end"> {
    const older = (of === "notification" ? this.notifications : this.sent).filter(({ seq }) => seq < before);
    return { items: older.slice(-limit), end: older.length <= limit };
  }

  #arrive(from: string): void {
    const entry = { kind: "notification", ...this.#next(), id: `${from}-${this.#seq}`, from, text: "hello" } as const;
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
      if (item.retracted || !("upTo" in target ? item.seq <= target.upTo : seqs.includes(item.seq))) return item;
      const { read: _, ...unread } = item;
      if (mark === "unread") return unread;
      return mark === "seen" ? { ...item, seen: true } : { ...item, seen: true, read: true };
    });
  }

  /** P26: of both copies, where both are in this log. */
  #change(op: "edit" | "retract", item: Notification | Sent | undefined): void {
    if (item === undefined || item.retracted) return;
    const [from, to] = item.kind === "sent" ? [ME, item.to] : [item.from, ME];
    const text = op === "edit" ? `hello ${this.#seq}` : "";
    const between = { ...this.#next(), from, to, id: item.id };
    this.entries.push(op === "edit" ? { kind: "edit", ...between, text } : { kind: "retraction", ...between });
    const flag = op === "edit" ? { edited: true as const } : { retracted: true as const };
    this.notifications = this.notifications.map((one) =>
      one.id === item.id && one.from === from ? { ...one, text, ...flag } : one,
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

/** Late ones more often than early ones: what is in a snapshot is what changes. */
function picked<T>(items: readonly T[], which: number): T | undefined {
  return items.at(-1 - (which % Math.max(1, items.length)));
}
