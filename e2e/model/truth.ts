import type { Notification, Sent } from "@carillon/protocol";

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
  /** The furthest that its author learns. */
  state: Sent["state"];
};

/** The simple model: no log, no cursor, no cut; what every tab must show once all is quiet. */
export class Truth {
  readonly #all = new Map<string, Written>();

  send(from: string, to: string, id: string, text: string): void {
    const fresh = { edited: false, retracted: false, seen: false, read: false, state: "delivered" as const };
    this.#all.set(id, { from, to, id, text, ...fresh });
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

  mark(mark: "seen" | "read" | "unread", ids: readonly string[]): void {
    for (const id of ids) {
      const written = this.#all.get(id);
      if (written === undefined || written.retracted) continue;
      if (mark === "unread") written.read = false;
      else this.#attend(written, mark);
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
export function inboxLine({ id, from, text, edited, seen, read }: Written | Notification): string {
  return JSON.stringify({ id, from, text, edited: edited === true, seen: seen === true, read: read === true });
}

/** A sent line likewise. */
export function sentLine({ id, to, text, edited, state }: Written | Sent): string {
  return JSON.stringify({ id, to, text, edited: edited === true, state });
}
