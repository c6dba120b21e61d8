/** What a stream says: the name of the event, `message` where it has none, and its data. */
export type StreamEvent = { readonly name: string; readonly data: string };

/** Reads Server-Sent Events (WHATWG HTML, 9.2.6) from text that comes in pieces, cut anywhere. */
export class EventParser {
  #rest = "";
  #endedInCr = false;
  #name = "";
  #data: string[] = [];
  /** Characters of the lines in `#data`. */
  #size = 0;

  /** The events that are whole now. @throws RangeError if one grows past what any hub sends. */
  push(piece: string): readonly StreamEvent[] {
    if (piece === "") return [];
    // A line end of two characters may be cut in the middle: what stood before the cut has ended the line already.
    const lines = (this.#endedInCr && piece.startsWith("\n") ? piece.slice(1) : piece).split(/\r\n|\r|\n/u);
    this.#endedInCr = piece.endsWith("\r");
    lines[0] = this.#rest + (lines[0] ?? "");
    this.#rest = lines.pop() ?? "";
    const events = lines.flatMap((line) => this.#take(line));
    if (this.#size + this.#rest.length > LARGEST) throw new RangeError("An event has no end.");
    return events;
  }

  #take(line: string): readonly StreamEvent[] {
    if (line === "") return this.#dispatch();
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? [];
    if (field === "event") this.#name = value;
    if (field === "data") {
      this.#data.push(value);
      this.#size += value.length;
    }
    return []; // Comments, and fields that this client has no use for: it knows its position without an id.
  }

  #dispatch(): readonly StreamEvent[] {
    const event = { name: this.#name || "message", data: this.#data.join("\n") };
    const hasData = this.#data.length > 0;
    this.#name = "";
    this.#data = [];
    this.#size = 0;
    return hasData ? [event] : [];
  }
}

/** Characters of one event: more than may wait for a slow reader (P30). */
const LARGEST = 2_097_152;
