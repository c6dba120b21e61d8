import type { MarkName, MuteTarget, Notification, Sent } from "@carillon/protocol";

/** What was written, and all that has been done to it since, whoever has heard of it. */
export type Written = {
  readonly from: string;
  readonly to: string;
  readonly id: string;
  text: string;
  edited: boolean;
  retracted: boolean;
  seen: boolean;
  read: boolean;
  archived: boolean;
  snoozed: boolean;
  readonly muted: boolean;
  /** The furthest that its author learns. */
  state: Sent["state"];
};

/** The simple model: no log, no cursor, no cut; what every tab must show once all is quiet. */
export class Truth {
  readonly #all = new Map<string, Written>();
  /** By user: what each mutes, as JSON. */
  readonly #mutes = new Map<string, Set<string>>();
  readonly #quiet = new Map<string, number>();

  send(from: string, to: string, id: string, text: string, thread: string): void {
    const mutes = this.mutesOf(to);
    const muted = [{ from }, { thread }].some((target) => mutes.includes(JSON.stringify(target)));
    const untouched = { edited: false, retracted: false, seen: false, read: false, archived: false, snoozed: false };
    this.#all.set(id, { from, to, id, text, ...untouched, muted, state: "delivered" });
  }

  mute(uid: string, target: MuteTarget, muted: boolean): void {
    const mutes = this.#mutes.get(uid) ?? new Set();
    this.#mutes.set(uid, mutes);
    if (muted) mutes.add(JSON.stringify(target));
    else mutes.delete(JSON.stringify(target));
  }

  mutesOf(uid: string): readonly string[] {
    return [...(this.#mutes.get(uid) ?? [])];
  }

  quiet(uid: string, until: number | undefined): void {
    if (until === undefined) this.#quiet.delete(uid);
    else this.#quiet.set(uid, until);
  }

  quietOf(uid: string): number | undefined {
    return this.#quiet.get(uid);
  }

  snooze(id: string, snoozed: boolean): void {
    const written = this.#all.get(id);
    if (written !== undefined && !written.retracted) written.snoozed = snoozed;
  }

  /** The time of all that was put off has come. */
  wake(): void {
    for (const written of this.#all.values())
      if (written.snoozed) Object.assign(written, { snoozed: false, seen: false, read: false, archived: false });
  }

  edit(id: string, text: string): void {
    const written = this.#all.get(id);
    if (written === undefined || written.retracted || written.text === text) return;
    Object.assign(written, { text, edited: true });
  }

  retract(id: string): void {
    const written = this.#all.get(id);
    if (written !== undefined) written.retracted = true;
  }

  mark(mark: MarkName, ids: readonly string[]): void {
    for (const id of ids) {
      const written = this.#all.get(id);
      if (written === undefined || written.retracted) continue;
      if (mark === "unread") written.read = false;
      else if (mark === "unarchived") written.archived = false;
      else this.#attend(written, mark === "archived" ? "seen" : mark);
      if (mark === "archived") written.archived = true;
    }
  }

  inboxOf(uid: string): Written[] {
    return [...this.#all.values()].filter(({ to, retracted }) => to === uid && !retracted);
  }

  /** What this user wrote and did not take back. */
  sentOf(uid: string): Written[] {
    return [...this.#all.values()].filter(({ from, retracted }) => from === uid && !retracted);
  }

  #attend(written: Written, mark: "seen" | "read"): void {
    written.seen = true;
    if (mark === "read") written.read = true;
    if (written.state !== "read") written.state = mark;
  }
}

/** A notification in the form in which a tab's and the truth's are compared. */
export function inboxLine(item: Written | Notification): string {
  const { id, from, text } = item;
  const snoozed = "snoozed" in item ? item.snoozed : "snoozedUntil" in item;
  const [edited, seen, read, archived, muted] = [item.edited, item.seen, item.read, item.archived, item.muted].map(
    (flag) => flag === true,
  );
  return JSON.stringify({ id, from, text, edited, seen, read, archived, muted, snoozed });
}

/** Whether it is in any count. */
export function counts({ archived, snoozed, muted }: Written): boolean {
  return !archived && !snoozed && !muted;
}

/** A sent line likewise. */
export function sentLine({ id, to, text, edited, state }: Written | Sent): string {
  return JSON.stringify({ id, to, text, edited: edited === true, state });
}
