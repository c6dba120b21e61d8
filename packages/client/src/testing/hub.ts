import type { Down, Entry, Notification, Sent, Snapshot, Up } from "@carillon/protocol";
import type { Line } from "./line.ts";
import { afresh, HOME, resumed } from "./page.ts";
import { notification } from "./states.ts";

type Stored = { readonly text: string; readonly body: string; readonly retracted: boolean };
/** What the hub makes of a request: it answers, it wants it again later, or it does it and the answer is lost. */
export type Mood = "granting" | "busy" | "mute";

/** A hub of one user, with notifications to mark, as the contract tells it. */
export class HubModel {
  readonly #log: Entry[];
  readonly drafts = new Map<string, Stored>();
  readonly read = new Map<number, boolean>();

  constructor(notifications: number) {
    this.#log = Array.from({ length: notifications }, (_, index) => notification(index + 1));
  }

  welcome(line: Line): void {
    const [hello] = line.heard();
    const head = { ...HOME, seq: this.#log.length };
    if (hello?.type !== "hello") throw new Error("no hello");
    if (hello.position === undefined) return line.say(afresh(this.#snapshot(), head));
    line.say(resumed(hello.position));
    line.say({ type: "entries", entries: this.#log.slice(hello.position.seq) });
  }

  /** Deals with all that the client said. */
  hear(line: Line, mood: Mood): void {
    for (const up of line.heard()) {
      const head = this.#log.length;
      const answer = mood === "busy" && "id" in up ? later(up.id) : this.#answer(up);
      if (mood === "mute" || answer === undefined) continue;
      line.say({ type: "entries", entries: this.#log.slice(head) });
      line.say(answer);
    }
  }

  #answer(up: Up): Down | undefined {
    switch (up.type) {
      case "send":
        return this.#store(up.id, up.to, up.text);
      case "mark":
        return this.#mark(up);
      case "retract":
        return this.#change(up.id, up.draft, { retracted: true });
      case "edit":
        return this.#change(up.id, up.draft, { text: up.text });
      default:
        return undefined;
    }
  }

  /** P12: once, by its id, and never another body. */
  #store(id: string, to: string, text: string): Down {
    const body = JSON.stringify([to, text]);
    const known = this.drafts.get(id);
    if (known !== undefined && known.body !== body) throw new Error("conflict");
    if (known === undefined) {
      this.drafts.set(id, { text, body, retracted: false });
      this.#append({ kind: "sent", id, to, text, state: "stored", ...this.#next() });
    }
    return { type: "sent", id, seq: 1, at: 1 };
  }

  #mark({ id, mark, target }: Extract<Up, { type: "mark" }>): Down {
    if (!("seqs" in target)) throw new Error("not in this model");
    for (const seq of target.seqs) this.read.set(seq, mark === "read");
    this.#append({ kind: "mark", mark, target, ...this.#next() });
    return { type: "done", id };
  }

  #change(id: string, draft: string, change: Partial<Stored>): Down {
    const known = this.drafts.get(draft);
    if (known === undefined || known.retracted) return { type: "refused", id, code: "unknownDraft", message: "…" };
    this.drafts.set(draft, { ...known, ...change });
    const between = { from: "100", to: "101", id: draft, ...this.#next() };
    this.#append(
      change.text === undefined ? { kind: "retraction", ...between } : { kind: "edit", text: change.text, ...between },
    );
    return { type: "done", id };
  }

  #append(entry: Entry): void {
    this.#log.push(entry);
  }

  #next(): { readonly seq: number; readonly at: number } {
    return { seq: this.#log.length + 1, at: 1 };
  }

  /** P8: what stands now. */
  #snapshot(): Snapshot {
    return {
      notifications: this.#log.filter((entry) => entry.kind === "notification").map((item) => this.#marked(item)),
      sent: this.#log.filter((entry) => entry.kind === "sent").map((line) => this.#standing(line)),
      acked: this.#log.length,
      mutes: [],
    };
  }

  #marked(item: Notification): Notification {
    const read = this.read.get(item.seq);
    if (read === undefined) return item;
    return read ? { ...item, seen: true, read: true } : item;
  }

  #standing(line: Sent): Sent {
    const { text = "", retracted = false } = this.drafts.get(line.id) ?? {};
    if (retracted) return { ...line, text: "", retracted: true };
    return text === line.text ? line : { ...line, text, edited: true };
  }
}

function later(id: string): Down {
  return { type: "refused", id, code: "unavailable", message: "Later.", retryAfter: 400 };
}
