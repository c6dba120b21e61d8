import type { Socket } from "node:net";
import { Close } from "@carillon/protocol";
import type { WebSocket } from "ws";
import { LIMITS } from "../limits.ts";
import { backlog, type Slow } from "./backlog.ts";
import { Outbound } from "./outbound.ts";
import type { Peer, PeerEvents } from "./peer.ts";
import { Room } from "./room.ts";

export type SocketPeerEvents = PeerEvents & {
  /** The peer's network stack has read everything that was sent before the ping with this mark. */
  readonly onMark?: (mark: string) => void;
};

/** One WebSocket with bounded buffers and a last sign of life, whatever is spoken on it. */
export class SocketPeer implements Peer, Slow {
  readonly transport = "websocket";
  heardAt = performance.now();
  readonly #socket: WebSocket;
  readonly #raw: Socket;
  readonly #outbound: Outbound;
  readonly #slow: Close;
  /** Most never need it. */
  #room: Room | undefined;
  readonly #events: SocketPeerEvents;
  #isHungUp = false;
  /** The backlog knows of it. */
  #isSlow = false;

  /** @param slow how to hang up on a peer that does not read. */
  constructor(socket: WebSocket, raw: Socket, slow: Close, events: SocketPeerEvents) {
    this.#socket = socket;
    this.#raw = raw;
    this.#outbound = new Outbound((bytes) => {
      if (socket.readyState === socket.OPEN) raw.write(bytes); // Nothing follows a close frame (RFC 6455, 5.5.1).
    });
    this.#slow = slow;
    this.#events = events;
    socket.on("message", (data, isBinary) => {
      this.heardAt = performance.now();
      const text = isBinary || !Buffer.isBuffer(data) ? undefined : data.toString(); // `ws` gives text as one Buffer.
      if (socket.readyState === socket.OPEN) events.onText(text);
    });
    socket.on("pong", (mark) => {
      this.#onControl();
      if (mark.length > 0) events.onMark?.(mark.toString("latin1"));
    });
    socket.on("ping", () => this.#onControl());
    // Broken frames and resets; `ws` has answered a broken frame with a close code, and `close` follows.
    socket.on("error", (error) => this.#noteHangUp(codeFor(error)));
    socket.on("close", (code) => {
      this.#outbound.clear();
      backlog.note(this, 0);
      this.#room?.open();
      events.onGone(code);
    });
    raw.on("drain", () => {
      if (socket.readyState === socket.OPEN) this.#judge(this.unsentBytes);
      this.#room?.open();
    });
  }

  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#outbound.add(text);
    this.#judge(this.unsentBytes);
  }

  share(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#outbound.pass(text);
    this.#judge(this.#raw.writableLength);
  }

  /** A mark comes back through `onMark`. */
  ping(mark = ""): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#outbound.flush();
    this.#socket.ping(mark);
  }

  get unsentBytes(): number {
    return this.#raw.writableLength + this.#outbound.bytes;
  }

  hangUp({ code, reason }: Close): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#noteHangUp(code);
    this.#outbound.flush();
    this.#socket.close(code, reason);
    if (code === Close.silent.code) this.#raw.destroySoon(); // Who does not answer a ping answers no close frame either.
  }

  giveUp(): void {
    this.hangUp(this.#slow);
    backlog.note(this, 0); // What still waits is thrown away when its time to close is over.
  }

  destroy(): void {
    this.#socket.terminate();
  }

  drained(): Promise<void> {
    this.#outbound.flush(); // Then there is a `drain` for all that waits.
    if (this.#raw.writableLength <= this.#raw.writableHighWaterMark || this.#raw.destroyed) return Promise.resolve();
    return (this.#room ??= new Room()).wait();
  }

  #onControl(): void {
    this.heardAt = performance.now();
    if (this.#socket.readyState === this.#socket.OPEN) this.#events.onControl?.();
  }

  /** P30. Of less than the high-water mark no `drain` would tell the end, so it does not count; almost always, that is all. */
  #judge(waiting: number): void {
    if (waiting > LIMITS.unsentBytes) return this.giveUp();
    const counts = waiting > this.#raw.writableHighWaterMark;
    if (!counts && !this.#isSlow) return;
    this.#isSlow = counts;
    backlog.note(this, counts ? waiting : 0);
  }

  #noteHangUp(code: number | undefined): void {
    if (code === undefined || this.#isHungUp) return;
    this.#isHungUp = true;
    this.#events.onHangUp(code);
  }
}

/** The code with which `ws` closes on a frame that breaks RFC 6455; undefined for an error that is no frame's fault. */
function codeFor(error: Error): number | undefined {
  if (!("code" in error) || typeof error.code !== "string" || !error.code.startsWith("WS_ERR_")) return undefined;
  return FRAME_FAULTS[error.code] ?? 1002;
}

const FRAME_FAULTS: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
};
