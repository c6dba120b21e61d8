import {
  decodeDown,
  type Down,
  type Entry,
  limits,
  type Position,
  type Refused,
  type SentReply,
  SUBPROTOCOL,
  type Up,
  type UserPresence,
  type Welcome,
} from "@carillon/protocol";
import { WebSocket } from "ws";
import { socketUrl, tokenFor } from "./credentials.ts";
import { Signal } from "./signal.ts";

export type DraftInput = { readonly id: string; readonly to: string; readonly text: string };

/** One connection, spoken by hand: nothing is resent, nothing reconnects, every answer is seen. */
export class Line {
  /** Everything that came, in order. */
  readonly entries: Entry[] = [];
  readonly #socket: WebSocket;
  readonly #changes = new Signal();
  readonly #answers = new Map<string, SentReply | Refused>();
  #welcome: Welcome | undefined;
  #pongs = 0;
  #pings = 0;
  readonly #online = new Map<string, boolean>();
  /** What it was told of those whom it watches, in order. */
  readonly told: UserPresence[] = [];
  #closed: number | undefined;

  private constructor(url: string) {
    this.#socket = new WebSocket(url, SUBPROTOCOL, { perMessageDeflate: false });
    this.#socket.on("message", (frame: Buffer) => {
      const decoded = decodeDown(frame.toString());
      if (decoded.ok) this.#onMessage(decoded.message);
    });
    this.#socket.on("ping", () => {
      this.#pings += 1;
      this.#changes.tell();
    });
    this.#socket.on("error", () => {}); // `close` follows.
    this.#socket.on("close", (code) => {
      this.#closed = code;
      this.#changes.tell();
    });
  }

  /** A connection of that user that was welcomed. */
  static async to(port: number, uid: string, position?: Position): Promise<Line & Disposable> {
    const token = await tokenFor(uid);
    const line = new Line(socketUrl(port));
    line.#socket.on("open", () => line.#up({ type: "hello", token, position }));
    await line.#come(() => line.#welcome !== undefined);
    return Object.assign(line, { [Symbol.dispose]: () => line.#socket.close() });
  }

  get welcome(): Welcome {
    if (this.#welcome === undefined) throw new Error("Not welcomed yet.");
    return this.#welcome;
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** Sends a draft; what the hub answers. Rejects if the connection ends first. */
  async send(draft: DraftInput): Promise<SentReply | Refused> {
    this.#answers.delete(draft.id);
    this.#up({ type: "send", ...draft });
    return this.#answer(draft.id);
  }

  /** Sends any number of drafts in batches, so that it is no flood; what the hub answers to each, in their order. */
  sendAll(drafts: readonly DraftInput[]): Promise<readonly (SentReply | Refused)[]> {
    for (const { id } of drafts) this.#answers.delete(id);
    for (const batch of batches(drafts)) this.#up({ type: "batch", drafts: batch });
    return Promise.all(drafts.map(({ id }) => this.#answer(id)));
  }

  ack(seq: number): void {
    this.#up({ type: "ack", seq });
  }

  /** Milliseconds until the hub answered a `ping`: how long its event loop lets others wait. */
  async ping(): Promise<number> {
    const start = performance.now();
    const before = this.#pongs;
    this.#up({ type: "ping" });
    await this.#come(() => this.#pongs > before);
    return performance.now() - start;
  }

  /** Resolves when the hub has asked so many more times whether anybody is there; each was answered. */
  async pings(count: number): Promise<void> {
    const least = this.#pings + count;
    await this.#come(() => this.#pings >= least);
  }

  /** From now on it is told whether these users are online. */
  watch(...uids: readonly string[]): void {
    this.#up({ type: "watch", id: "watch", uids: [...uids] });
  }

  /** Resolves when it was told that this user is, or is not. */
  async sees(uid: string, isOnline: boolean): Promise<void> {
    await this.#come(() => this.#online.get(uid) === isOnline);
  }

  /** Resolves when the log is here up to that seq. */
  async has(seq: number): Promise<void> {
    await this.#come(() => (this.entries.at(-1)?.seq ?? 0) >= seq);
  }

  /** Resolves when receipts for so many drafts are here. */
  async receipts(drafts: number): Promise<void> {
    const told = () => this.entries.flatMap((entry) => (entry.kind === "receipt" ? entry.ids : []));
    await this.#come(() => new Set(told()).size >= drafts);
  }

  /** Resolves with the close code. */
  async gone(): Promise<number> {
    await this.#changes.until(() => this.#closed !== undefined);
    return this.#closed ?? 0;
  }

  async #answer(id: string): Promise<SentReply | Refused> {
    await this.#come(() => this.#answers.has(id));
    const answer = this.#answers.get(id);
    if (answer === undefined) throw new Error("The answer was taken by another.");
    return answer;
  }

  async #come(holds: () => boolean): Promise<void> {
    await this.#changes.until(() => holds() || this.#closed !== undefined);
    if (!holds()) throw new Error(`The connection ended with ${this.#closed}.`);
  }

  #up(message: Up): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #onMessage(message: Down): void {
    if (message.type === "welcome") this.#welcome = message;
    if (message.type === "entries") this.entries.push(...message.entries);
    if (message.type === "sent" || message.type === "refused") this.#answers.set(message.id, message);
    if (message.type === "pong") this.#pongs += 1;
    if (message.type === "presence") {
      this.told.push(...message.users);
      for (const { uid, online } of message.users) this.#online.set(uid, online);
    }
    this.#changes.tell();
  }
}

/** As few batches as fit into frames. */
function batches(drafts: readonly DraftInput[]): DraftInput[][] {
  const all: DraftInput[][] = [];
  let room = 0;
  for (const draft of drafts) {
    const bytes = Buffer.byteLength(JSON.stringify(draft)) + 1;
    const last = all.at(-1);
    if (last === undefined || bytes > room || last.length === limits.draftsAtOnce) all.push([draft]);
    else last.push(draft);
    room = (all.at(-1)?.length === 1 ? limits.frameBytes - BATCH_BYTES : room) - bytes;
  }
  return all;
}

/** What a batch has beside its drafts. */
const BATCH_BYTES = 100;
