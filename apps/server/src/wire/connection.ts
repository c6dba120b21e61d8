import {
  Close,
  decodeUp,
  type Down,
  type Hello,
  type Position,
  type Renew,
  type Up,
  type UserPresence,
} from "@carillon/protocol";
import type { Verdict, Verifier } from "@carillon/protocol/token";
import { nanoid } from "nanoid";
import type { Logger } from "pino";
import type { Hub } from "../hub/hub.ts";
import type { Pages } from "../hub/ports.ts";
import type { Watcher } from "../hub/presence.ts";
import { renew } from "../hub/renew.ts";
import { answer, type Request } from "../hub/requests.ts";
import { type Line, Session, startOf } from "../hub/session.ts";
import { LIMITS } from "../limits.ts";
import { Allowance } from "./allowance.ts";
import type { Connections, Living } from "./connections.ts";
import { Duties } from "./duties.ts";
import { frameOf } from "./entries-frame.ts";
import type { Peer, PeerEvents, Transport } from "./peer.ts";
import { Pulse, type PulseOptions } from "./pulse.ts";
import type { Seat } from "./seat.ts";
import { welcome } from "./welcome.ts";

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
  | { readonly at: "open"; readonly session: Session; readonly epoch: string }
  | { readonly at: "gone" };

/** One connection that speaks carillon.v1, over whatever transport. */
export class Connection implements Line, Living, Watcher, PeerEvents {
  /** The name of its session. */
  readonly id = nanoid(12);
  readonly #options: ConnectionOptions;
  readonly #seat: Pick<Seat, "known">;
  readonly #peer: Peer;
  readonly #pulse: Pulse;
  readonly #duties = new Duties();
  readonly #allowance = new Allowance();
  #state: State = { at: "greeting", since: performance.now() };

  /**
   * @param reach gives the other end, which tells these events.
   * @param seat is told when it has said who it is.
   */
  constructor(reach: (events: PeerEvents) => Peer, seat: Pick<Seat, "known">, options: ConnectionOptions) {
    this.#options = options;
    this.#seat = seat;
    this.#peer = reach(this);
    this.#pulse = new Pulse(this.#peer, options.pulse);
    options.connections.add(this);
  }

  /** Whose it is, once it is open. */
  get uid(): string | undefined {
    return this.#state.at === "open" ? this.#state.session.uid : undefined;
  }

  deliver(pages: Pages, isAsked: boolean): void {
    const seq = pages.entries.at(-1)?.seq;
    if (this.#state.at !== "open" || seq === undefined) return;
    this.#allowance.delivered(pages.entries.length);
    const reached = { epoch: this.#state.epoch, seq };
    if (isAsked) this.#peer.send(frameOf(pages, true), reached);
    else this.#peer.share(frameOf(pages, false), reached); // It is one of several, and the others get the same.
  }

  ask(): void {
    this.#allowance.delivered(1); // It is answered as an entry is (P51).
    this.#down({ type: "unacked" });
  }

  hangUp(close: Close): void {
    this.#peer.hangUp(close);
  }

  drained(): Promise<void> {
    return this.#peer.drained();
  }

  get transport(): Transport {
    return this.#peer.transport;
  }

  get unsentBytes(): number {
    return this.#peer.unsentBytes;
  }

  retire(close: Close): void {
    this.#duties.end(() => this.hangUp(close));
  }

  destroy(): void {
    this.#peer.destroy();
  }

  tell(users: readonly UserPresence[]): void {
    this.#down({ type: "presence", users: [...users] });
  }

  onText(text: string | undefined): void {
    if (this.#duties.isOver) return; // What is not answered is asked again, of the next hub.
    if (this.#isFlooding()) return;
    if (text === undefined) return this.hangUp(BINARY);
    const decoded = decodeUp(text);
    if (!decoded.ok) return this.#refuse(decoded.reason);
    this.#onMessage(decoded.message);
  }

  onControl(): void {
    this.#isFlooding();
  }

  onHangUp(code: number): void {
    this.#options.hub.meter.hungUp(code);
  }

  onGone(code: number): void {
    const { hub, connections, log } = this.#options;
    connections.delete(this);
    hub.presence.unwatch(this);
    hub.attention.leave(this);
    if (this.#state.at === "opening" || this.#state.at === "open") this.#state.session.end();
    log.info({ session: this.id, code, was: this.#state.at }, "connection gone");
    this.#state = { at: "gone" };
  }

  beat(now: number): void {
    if (this.#pulse.beat(now) === "silent") this.hangUp(Close.silent);
    const state = this.#state;
    if (state.at === "greeting" && now - state.since >= LIMITS.helloMs) this.hangUp(Close.helloTimeout); // P18
    if (state.at === "open" && state.session.lease.expiresIn(Date.now()) === 0) this.hangUp(Close.tokenExpired); // P17
  }

  #isFlooding(): boolean {
    const isOneTooMany = !this.#allowance.take();
    if (isOneTooMany) this.hangUp(Close.flooding); // P51
    return isOneTooMany;
  }

  #onMessage(message: Up): void {
    if (message.type === "hello") return this.#onHello(message);
    if (this.#state.at !== "open") return this.#refuse("bad frame: hello, then welcome, come first");
    const { session } = this.#state;
    switch (message.type) {
      case "ack":
        return session.ack(message.seq) ? undefined : this.#refuse("bad frame: ack of an entry that was not sent");
      case "ping":
        return this.#down({ type: "pong" });
      case "renew":
        return void this.#duties.do(this.#onRenew(session, message));
      default:
        return void this.#duties.do(this.#onRequest(session, message));
    }
  }

  #onHello(hello: Hello): void {
    if (this.#state.at !== "greeting") return this.#refuse("bad frame: second hello");
    this.#state = { at: "verifying" };
    void this.#open(hello);
  }

  async #open({ token, position }: Hello): Promise<void> {
    const verdict = await this.#options.verify(token);
    if (verdict.outcome !== "accepted") return this.hangUp(UNWELCOME[verdict.outcome]);
    if (this.#isGone()) return;

    const session = new Session(this.#options.hub, this.id, verdict.grant, this);
    this.#state = { at: "opening", session };
    const standing = await session.open(startOf(position));
    if (standing === undefined) return;

    const { position: start, head, snapshot } = standing;
    this.#seat.known();
    this.#state = { at: "open", session, epoch: start.epoch };
    this.#down(welcome(session, standing, position !== undefined), start);
    const missed = head - start.seq;
    this.#options.log.info({ session: this.id, recovered: snapshot === undefined, missed }, "session open");
    session.follow();
  }

  async #onRequest(session: Session, request: Request): Promise<void> {
    for (const message of await answer(this.#options.hub, session.grant, request, this)) this.#down(message);
  }

  async #onRenew(session: Session, request: Renew): Promise<void> {
    const message = await renew(this.#options, session, request);
    if (message !== undefined) this.#down(message);
  }

  #down(message: Down, reached?: Position): void {
    this.#peer.send(JSON.stringify(message), reached);
  }

  /** The frame breaks the protocol (P3). */
  #refuse(reason: string): void {
    this.hangUp({ ...Close.badFrame, reason });
  }

  #isGone(): boolean {
    return this.#state.at === "gone";
  }
}

/** How to hang up on a token that is not accepted (P16). */
const UNWELCOME = {
  expired: Close.tokenExpired,
  refused: Close.tokenRefused,
  unavailable: Close.keysUnavailable,
} as const satisfies Record<Exclude<Verdict["outcome"], "accepted">, Close>;

const BINARY: Close = { code: 1003, reason: "binary frame" };
