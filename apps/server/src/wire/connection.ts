import type { Socket } from "node:net";
import {
  Close,
  decodeUp,
  type Down,
  type Entries,
  type Entry,
  type Hello,
  type Send,
  type Up,
} from "@carillon/protocol";
import type { Verifier } from "@carillon/protocol/token";
import { nanoid } from "nanoid";
import type { Logger } from "pino";
import type { WebSocket } from "ws";
import type { Hub } from "../hub/hub.ts";
import { type Line, Session, startOf } from "../hub/session.ts";
import type { Standing } from "../hub/ports.ts";
import type { Connections, Living } from "./connections.ts";
import { Peer } from "./peer.ts";
import { Pulse, type PulseOptions } from "./pulse.ts";

export type ConnectionOptions = {
  readonly hub: Hub;
  readonly verify: Verifier;
  readonly connections: Connections;
  readonly pulse: PulseOptions;
  readonly log: Logger;
};

type State =
  | { readonly at: "greeting"; readonly since: number }
  | { readonly at: "verifying" }
  | { readonly at: "opening"; readonly session: Session }
  | { readonly at: "open"; readonly session: Session; readonly expiresAt: number }
  | { readonly at: "gone" };

/** One WebSocket that speaks carillon.v1. */
export class Connection implements Line, Living {
  readonly #options: ConnectionOptions;
  readonly #id = nanoid(12);
  readonly #log: Logger;
  readonly #peer: Peer;
  readonly #pulse: Pulse;
  #state: State = { at: "greeting", since: performance.now() };

  constructor(socket: WebSocket, raw: Socket, options: ConnectionOptions) {
    this.#options = options;
    this.#log = options.log.child({ session: this.#id });
    this.#peer = new Peer(socket, raw, Close.tooSlow, {
      onText: (text) => this.#onText(text),
      onGone: (code) => this.#onGone(code),
    });
    this.#pulse = new Pulse(this.#peer, options.pulse, () => this.hangUp(Close.silent));
    options.connections.add(this);
  }

  deliver(entries: readonly Entry[]): void {
    this.#peer.send(frameOf(entries));
  }

  hangUp(close: Close): void {
    this.#peer.hangUp(close);
  }

  drained(): Promise<void> {
    return this.#peer.drained();
  }

  beat(now: number): void {
    this.#pulse.beat(now);
    const state = this.#state;
    if (state.at === "greeting" && now - state.since >= HELLO_MS) this.hangUp(Close.helloTimeout); // P18
    if (state.at === "open" && Date.now() >= state.expiresAt) this.hangUp(Close.tokenExpired); // P17
  }

  #onText(text: string | undefined): void {
    if (text === undefined) return this.hangUp(BINARY);
    const decoded = decodeUp(text);
    if (!decoded.ok) return this.#refuse(decoded.reason);
    this.#onMessage(decoded.message);
  }

  #onMessage(message: Up): void {
    if (message.type === "hello") return this.#onHello(message);
    if (this.#state.at !== "open") return this.#refuse("bad frame: hello, then welcome, come first");
    const { session } = this.#state;
    switch (message.type) {
      case "send":
        return void this.#onSend(session, message);
      case "ack":
        return session.ack(message.seq) ? undefined : this.#refuse("bad frame: ack of an entry that was not sent");
      case "ping":
        return this.#down({ type: "pong" });
      default:
        message satisfies never;
    }
  }

  #onHello(hello: Hello): void {
    if (this.#state.at !== "greeting") return this.#refuse("bad frame: second hello");
    this.#state = { at: "verifying" };
    void this.#open(hello);
  }

  async #open({ token, position }: Hello): Promise<void> {
    const verdict = await this.#options.verify(token);
    if (verdict.outcome === "expired") return this.hangUp(Close.tokenExpired);
    if (verdict.outcome === "refused") return this.hangUp(Close.tokenRefused);
    if (this.#isGone()) return;

    const session = new Session(this.#options.hub, this.#id, verdict.uid, this);
    this.#state = { at: "opening", session };
    const standing = await session.open(startOf(position));
    if (standing === undefined) return;

    this.#state = { at: "open", session, expiresAt: verdict.expiresAt };
    this.#welcome(session, standing, position !== undefined);
    session.follow();
  }

  #welcome(session: Session, { position, head, snapshot }: Standing, wasRecovering: boolean): void {
    const common = { type: "welcome", uid: session.uid, session: session.id, wasRecovering, position, head } as const;
    this.#down(snapshot === undefined ? { ...common, recovered: true } : { ...common, recovered: false, snapshot });
    this.#log.info({ recovered: snapshot === undefined, missed: head - position.seq }, "session open");
  }

  async #onSend(session: Session, { id, to, text, thread }: Send): Promise<void> {
    const outcome = await session.send(thread === undefined ? { id, to, text } : { id, to, text, thread });
    if (outcome.outcome === "refused") return this.#down({ type: "refused", id, ...outcome.refusal });
    const { seq, at, duplicate } = outcome;
    this.#down(duplicate ? { type: "sent", id, seq, at, duplicate } : { type: "sent", id, seq, at });
  }

  #down(message: Down): void {
    this.#peer.send(JSON.stringify(message));
  }

  /** The frame breaks the protocol (P3). */
  #refuse(reason: string): void {
    this.hangUp({ ...Close.badFrame, reason });
  }

  #isGone(): boolean {
    return this.#state.at === "gone";
  }

  #onGone(code: number): void {
    this.#options.connections.delete(this);
    if (this.#state.at === "opening" || this.#state.at === "open") this.#state.session.end();
    this.#log.info({ code, was: this.#state.at }, "connection gone");
    this.#state = { at: "gone" };
  }
}

/** Milliseconds that a connection may stay without `hello`. */
const HELLO_MS = 5_000;

const BINARY: Close = { code: 1003, reason: "binary frame" };

/** The frame of these entries, encoded once for all tabs that get them. */
function frameOf(entries: readonly Entry[]): string {
  let frame = frames.get(entries);
  if (frame === undefined) {
    frame = JSON.stringify({ type: "entries", entries } satisfies EntriesFrame);
    frames.set(entries, frame);
  }
  return frame;
}

const frames = new WeakMap<readonly Entry[], string>();

type EntriesFrame = Omit<Entries, "entries"> & { readonly entries: readonly Entry[] };
