import type { ServerResponse } from "node:http";
import { Close, eventIdOf, type Position } from "@carillon/protocol";
import { LIMITS } from "../limits.ts";
import { backlog, type Slow } from "./backlog.ts";
import type { Peer, PeerEvents } from "./peer.ts";
import { Room } from "./room.ts";

/** One response that stays open: what is said to the peer are its events (Server-Sent Events), what the peer says is posted. */
export class StreamPeer implements Peer, Slow {
  readonly transport = "stream";
  heardAt = performance.now();
  readonly #response: ServerResponse;
  readonly #slow: Close;
  readonly #room = new Room();
  #events: PeerEvents | undefined;
  #isOpen = true;
  /** With which it ended; a stream that was cut says none. */
  #code = 1006;

  /** @param slow how to hang up on a peer that does not read. */
  constructor(response: ServerResponse, slow: Close) {
    this.#response = response;
    this.#slow = slow;
  }

  /** Tells these events from now on. */
  tell(events: PeerEvents): this {
    this.#events = events;
    this.#response.on("drain", () => {
      backlog.note(this, 0);
      this.#room.open();
    });
    this.#response.on("error", () => {}); // Resets; `close` follows.
    this.#response.on("close", () => {
      this.#isOpen = false;
      backlog.note(this, 0);
      this.#room.open();
      events.onGone(this.#code);
    });
    return this;
  }

  /** The peer posted these frames; none is a sign of life, too. */
  hear(frames: readonly string[]): void {
    this.heardAt = performance.now();
    if (frames.length === 0 && this.#isOpen) this.#events?.onControl?.();
    for (const frame of frames) if (this.#isOpen) this.#events?.onText(frame);
  }

  send(text: string, reached?: Position): void {
    this.#write(`${reached === undefined ? "" : `id: ${eventIdOf(reached)}\n`}data: ${text}\n\n`);
  }

  share(text: string, reached?: Position): void {
    this.send(text, reached);
  }

  ping(): void {
    this.#write("event: ping\ndata:\n\n");
  }

  get unsentBytes(): number {
    return this.#response.writableLength;
  }

  hangUp({ code, reason }: Close): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#code = code;
    this.#events?.onHangUp(code);
    this.#begin(STATUS[code] ?? (code < 4500 ? 503 : 403));
    this.#response.end(`event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`);
    const timer = setTimeout(() => this.destroy(), LIMITS.closeMs);
    this.#response.on("close", () => clearTimeout(timer));
  }

  giveUp(): void {
    this.hangUp(this.#slow);
    backlog.note(this, 0); // What still waits is thrown away when its time to close is over.
  }

  destroy(): void {
    this.#response.destroy();
  }

  drained(): Promise<void> {
    if (!this.#response.writableNeedDrain || this.#response.destroyed) return Promise.resolve();
    return this.#room.wait();
  }

  #write(event: string): void {
    if (!this.#isOpen) return;
    this.#begin(200);
    this.#response.write(Buffer.from(event)); // Of a string, Node would count the characters.
    if (this.unsentBytes > LIMITS.unsentBytes) return this.giveUp(); // P30
    if (this.#response.writableNeedDrain) backlog.note(this, this.unsentBytes);
  }

  /** The first thing that is said decides the status: programs that know no close code understand a 401. */
  #begin(status: number): void {
    if (!this.#response.headersSent) this.#response.writeHead(status, HEADERS);
  }
}

/** For what stands between: do not keep this, do not change it, do not wait for more of it. */
const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** The status of a stream that is hung up before anything else was said; of other codes, 503 where to come back, 403 where not to. */
const STATUS: Readonly<Record<number, number>> = {
  [Close.tokenExpired.code]: 401,
  [Close.tokenRefused.code]: 401,
  [Close.badFrame.code]: 400,
};
