import { Close, limits, type Position, type Seq } from "@carillon/protocol";
import type { Hub } from "./hub.ts";
import { type Growth, InboxUnavailable, type Listener, type Pages, type Standing, type Start } from "./ports.ts";

/** What a session needs of its connection. Nothing here throws, also when the connection is gone. */
export interface Line {
  /** Sends entries that follow the cursor. The same object is given to every line that gets the same entries. */
  deliver(pages: Pages): void;
  hangUp(close: Close): void;
  /** Resolves when the unsent bytes are few enough to take another page, or the connection is gone. */
  drained(): Promise<void>;
}

type State =
  | { readonly at: "opening" }
  /** Its line knows where it stands; nothing is delivered yet. */
  | { readonly at: "standing"; readonly cursor: Seq }
  /** At the head of the log: what is appended is pushed. */
  | { readonly at: "live"; readonly cursor: Seq }
  /** Reading the log page by page; what is appended meanwhile is read too. */
  | { readonly at: "behind"; readonly cursor: Seq }
  | { readonly at: "gone" };

/** One authenticated connection: a cursor into one user's log. */
export class Session implements Listener {
  readonly id: string;
  readonly uid: string;
  readonly #hub: Hub;
  readonly #line: Line;
  #state: State = { at: "opening" };
  /** Highest seq known to be in the log. */
  #head: Seq = 0;

  constructor(hub: Hub, id: string, uid: string, line: Line) {
    this.#hub = hub;
    this.id = id;
    this.uid = uid;
    this.#line = line;
  }

  /**
   * Finds the cursor and says where it stands; the entries after it follow once `follow` is called. Undefined if the session
   * ended meanwhile or its log cannot be read (the line is hung up).
   */
  async open(start: Start): Promise<Standing | undefined> {
    this.#hub.join(this); // First, so that no ring can fall between the reading and the following.
    const standing = await this.#guarded(this.#hub.inbox.open(this.uid, start));
    if (standing === undefined || this.#state.at !== "opening") return undefined;
    this.#head = Math.max(this.#head, standing.head);
    this.#state = { at: "standing", cursor: standing.position.seq };
    return standing;
  }

  /** Starts to deliver what follows the cursor. */
  follow(): void {
    if (this.#state.at !== "standing") return;
    this.#state = { at: "live", cursor: this.#state.cursor };
    this.ring(this.#head);
  }

  ring(head: Seq, fresh?: Growth): void {
    this.#head = Math.max(this.#head, head);
    if (this.#state.at !== "live") return; // Behind: the loop reads up to the head. Before: `follow` will look.
    if (fresh?.entries[0]?.seq === this.#state.cursor + 1) this.#push(fresh);
    else if (this.#state.cursor < this.#head) void this.#catchUp(this.#state.cursor);
  }

  /** Every entry up to `seq` has arrived at the other end. False if that cannot be: it was never sent. */
  ack(seq: Seq): boolean {
    if (this.#state.at !== "live" && this.#state.at !== "behind") return true;
    if (seq > this.#state.cursor) return false;
    this.#hub.acknowledge(this.uid, seq);
    return true;
  }

  hangUp(close: Close): void {
    this.#line.hangUp(close);
  }

  /** The connection is gone. */
  end(): void {
    if (this.#state.at === "gone") return;
    this.#state = { at: "gone" };
    this.#hub.leave(this);
  }

  #push(fresh: Growth): void {
    this.#state = { at: "live", cursor: fresh.entries.at(-1)?.seq ?? 0 };
    this.#line.deliver(fresh);
  }

  async #catchUp(from: Seq): Promise<void> {
    let cursor = from;
    this.#state = { at: "behind", cursor };
    while (cursor < this.#head) {
      await this.#line.drained();
      const pages = await this.#guarded(this.#hub.inbox.read(this.uid, cursor, limits.entriesPerFrame));
      if (this.#state.at !== "behind" || pages === undefined) return;
      if (pages.entries[0]?.seq !== cursor + 1) return this.hangUp(Close.unavailable); // P8: contiguous or nothing.
      cursor += pages.entries.length;
      this.#state = { at: "behind", cursor };
      this.#line.deliver(pages);
    }
    this.#state = { at: "live", cursor };
  }

  async #guarded<T>(reading: Promise<T>): Promise<T | undefined> {
    try {
      return await reading;
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      this.hangUp(Close.unavailable);
      return undefined;
    }
  }
}

/** The start that a `hello` asks for. */
export function startOf(position: Position | undefined): Start {
  return position === undefined ? { from: "snapshot" } : { from: "position", position };
}
