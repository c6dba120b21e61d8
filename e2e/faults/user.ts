import {
  type Client,
  createClient,
  eventStream,
  type SocketFactory,
  type Status,
  type Transport,
  webSocket,
} from "@carillon/client";
import { decodeDown, type Entry } from "@carillon/protocol";
import { socketUrl, tokenFor } from "./credentials.ts";
import type { Ledger } from "./ledger.ts";
import type { Signal } from "./signal.ts";

export type UserOptions = {
  /** Of the hub, or of a proxy in front of it. */
  readonly port: number;
  readonly ledger: Ledger;
  /** Rings for everybody who waits for the ledger to change. */
  readonly changes: Signal;
  readonly random: () => number;
  /** What the product's backoff is divided by; default 50: a run is about cuts, not about waiting. */
  readonly haste?: number;
  /** Default: what carries its frames is the client's choice. */
  readonly transports?: "webSocketOnly";
};

/** Somebody with the product's own client, and one page open. All that happens to it is in the ledger. */
export class User implements Disposable {
  readonly uid: string;
  readonly #client: Client;
  readonly #ledger: Ledger;
  readonly #changes: Signal;
  #pending = 0;
  #transport: Transport | undefined;
  /** Times that it came online. */
  arrivals = 0;
  /** Times that it came back with its position, and could not go on from there. */
  setBacks = 0;

  constructor(uid: string, { port, ledger, changes, random, haste = 50, transports }: UserOptions) {
    this.uid = uid;
    this.#ledger = ledger;
    this.#changes = changes;
    this.#client = createClient({
      url: socketUrl(port),
      token: () => tokenFor(uid),
      socket: this.#tapped(webSocket),
      stream: transports === undefined ? this.#tapped(eventStream) : nowhere,
      random: () => random() / haste,
      onStatus: (status) => this.#onStatus(status),
      onView: ({ pending }) => {
        this.#pending = pending.length;
        changes.tell();
      },
      onNotification: ({ from, id, seq }) => {
        ledger.shown(uid, from, id, seq);
        changes.tell();
      },
    });
    this.#client.start();
  }

  get isOnline(): boolean {
    return this.#transport !== undefined;
  }

  /** How its frames travel, while it is online. */
  get transport(): Transport | undefined {
    return this.#transport;
  }

  /** Submits a draft as soon as the outbox has room; its id. */
  async send(to: string, text: string): Promise<string> {
    await this.#changes.until(() => this.#pending < OUTBOX);
    const submitted = this.#client.send({ to, text });
    if (!submitted.ok) throw new Error(submitted.refusal.message);
    this.#ledger.sent({ author: this.uid, id: submitted.id, to, text });
    return submitted.id;
  }

  async online(): Promise<void> {
    await this.#changes.until(() => this.isOnline);
  }

  /** Resolves when the hub has answered everything. */
  async settled(): Promise<void> {
    await this.#changes.until(() => this.#pending === 0);
  }

  [Symbol.dispose](): void {
    this.#client.stop();
  }

  #onStatus(status: Status): void {
    this.#transport = status.at === "online" ? status.transport : undefined;
    if (this.isOnline) this.arrivals += 1;
    this.#changes.tell();
  }

  /** What the hub answers is written down on its way to the client. */
  #tapped(socket: SocketFactory): SocketFactory {
    return (url, events) =>
      socket(url, {
        ...events,
        onFrame: (frame) => {
          this.#hear(frame);
          events.onFrame(frame);
        },
      });
  }

  #hear(frame: string): void {
    const decoded = decodeDown(frame);
    if (!decoded.ok) return;
    const { message } = decoded;
    if (message.type === "sent") this.#ledger.acknowledged(this.uid, message.id, message.seq);
    if (message.type === "welcome" && message.wasRecovering && !message.recovered) this.setBacks += 1;
    // An answer that was cut off is found in the author's log (P10).
    if (message.type === "welcome" && !message.recovered) for (const entry of message.snapshot.sent) this.#note(entry);
    if (message.type === "entries") for (const entry of message.entries) this.#note(entry);
    this.#changes.tell();
  }

  #note(entry: Entry): void {
    if (entry.kind === "sent") this.#ledger.acknowledged(this.uid, entry.id, entry.seq);
    // A draft is given as it stands now (P10): what came before may never come as a receipt.
    if (entry.kind === "sent" && entry.state !== "stored") this.#ledger.delivered(this.uid, entry.id);
    if (entry.kind === "receipt") for (const id of entry.ids) this.#ledger.delivered(this.uid, id);
  }
}

const nowhere: SocketFactory = (_url, { onClose }) => {
  setImmediate(() => onClose(1006, ""));
  return { send: () => {}, close: () => {} };
};

/** Drafts that one user has under way: under the client's own bound, so that none is refused for it. */
const OUTBOX = 50;
