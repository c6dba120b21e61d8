import type { Socket } from "node:net";
import { timingSafeEqual } from "node:crypto";
import { Close, type Entry, isApplication, isUid, type Notification, type Seq } from "@carillon/protocol";
import { type Grant, tutorialToken } from "@carillon/protocol/token";
import { nanoid } from "nanoid";
import type { Logger } from "pino";
import type { WebSocket } from "ws";
import type { Hub } from "../hub/hub.ts";
import type { Pages } from "../hub/ports.ts";
import { submit } from "../hub/submit.ts";
import { type Line, Session } from "../hub/session.ts";
import { entryIn } from "../hub/written.ts";
import { type Alert, decodeAlert, TUTORIAL_MESSAGE } from "./dialect-frame.ts";
import { Allowance } from "./allowance.ts";
import type { Connections, Living } from "./connections.ts";
import { Duties } from "./duties.ts";
import { Pulse, type PulseOptions } from "./pulse.ts";
import { SocketPeer } from "./socket-peer.ts";

export type DialectOptions = {
  readonly hub: Hub;
  /** The key that the tutorial's tokens are made with. */
  readonly key: string;
  readonly connections: Connections;
  readonly pulse: PulseOptions;
  readonly log: Logger;
  /** It has said who it is. */
  readonly onKnown?: () => void;
};

/**
 * One WebSocket that speaks the tutorial's dialect: who it is stands in its URL, it sends `alertTip`, and it cannot acknowledge.
 * So each delivery is followed by a WebSocket ping that carries its seq: the pong proves that the peer has read up to there (T6).
 */
export class DialectConnection implements Line, Living {
  readonly transport = "tutorial";
  readonly #options: DialectOptions;
  readonly #log: Logger;
  readonly #peer: SocketPeer;
  readonly #pulse: Pulse;
  readonly #duties = new Duties();
  readonly #allowance = new Allowance();
  #session: Session | undefined;

  constructor(socket: WebSocket, raw: Socket, query: URLSearchParams, options: DialectOptions) {
    this.#options = options;
    this.#peer = new SocketPeer(socket, raw, Close.tooSlow, {
      onText: (text) => this.#onText(text),
      onControl: () => this.#isFlooding(),
      onMark: (mark) => this.#onMark(Number(mark)),
      onHangUp: (code) => options.hub.meter.hungUp(code),
      onGone: (code) => this.#onGone(code),
    });
    this.#pulse = new Pulse(this.#peer, options.pulse);
    options.connections.add(this);

    const id = nanoid(12);
    this.#log = options.log.child({ session: id, dialect: "tutorial" });
    const caller = identify(query, options.key);
    if (caller.ok) void this.#open(new Session(options.hub, id, grantOf(caller.uid), this));
    else this.#refuse(Close.tokenRefused, caller.reason);
  }

  deliver({ entries }: Pages, isAsked: boolean): void {
    this.#allowance.delivered(entries.length);
    for (const entry of entries.map(entryIn)) if (rings(entry)) this.#peer.send(alertOf(entry));
    const last = entries.at(-1);
    if (last !== undefined && isAsked) this.#peer.ping(String(last.seq));
  }

  ask(cursor: Seq): void {
    this.#allowance.delivered(1);
    this.#peer.ping(String(cursor));
  }

  hangUp(close: Close): void {
    this.#peer.hangUp({ ...close, reason: SENTENCES.get(close) ?? close.reason });
  }

  drained(): Promise<void> {
    return this.#peer.drained();
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

  beat(now: number): void {
    if (this.#pulse.beat(now) === "silent") this.hangUp(Close.silent);
  }

  async #open(session: Session): Promise<void> {
    this.#session = session;
    if ((await session.open({ from: "acked" })) === undefined) return;
    this.#options.onKnown?.();
    this.#log.info("session open");
    session.follow();
  }

  #onText(text: string | undefined): void {
    if (this.#duties.isOver) return;
    if (this.#isFlooding()) return;
    const decoded = decodeAlert(text);
    if (decoded.ok) void this.#duties.do(this.#onAlert(decoded.alert));
    else this.#refuse(Close.badFrame, decoded.reason);
  }

  #isFlooding(): boolean {
    const isOneTooMany = !this.#allowance.take();
    if (isOneTooMany) this.hangUp(Close.flooding); // P51
    return isOneTooMany;
  }

  async #onAlert({ to, text }: Alert): Promise<void> {
    const uid = this.#session?.uid;
    if (uid === undefined) return;
    const [outcome] = await submit(this.#options.hub, { uid }, [{ id: nanoid(), to, text }]);
    if (outcome?.outcome !== "refused") return;
    if (outcome.refusal.code === "rateLimited") return this.hangUp(Close.flooding); // It cannot be told to wait.
    if (outcome.refusal.retryAfter !== undefined) return this.hangUp(Close.unavailable);
    this.#refuse(Close.badFrame, "data format invalidate.");
  }

  #onMark(seq: number): void {
    if (Number.isSafeInteger(seq)) this.#session?.ack(seq);
  }

  #refuse(close: Close, reason: string): void {
    this.#peer.hangUp({ ...close, reason });
  }

  #onGone(code: number): void {
    this.#options.connections.delete(this);
    this.#session?.end();
    this.#log.info({ code }, "connection gone");
  }
}

/** The tutorial's own sentences. */
const SENTENCES: ReadonlyMap<Close, string> = new Map<Close, string>([
  [Close.replaced, "uid exists."],
  [Close.revoked, "token invalidate."],
]);

/** Its tokens have no time: they hold for ever, and a revocation of the user's tokens covers them for good (T10). */
function grantOf(uid: string): Grant {
  const always = { issuedAt: 0, expiresAt: Infinity, tokenId: undefined };
  return { uid, ...always, withholdsReceipts: false, sendsTo: undefined };
}

/** T1, T2: who the URL says that the client is, or the tutorial's own sentence for what is wrong with it. */
function identify(query: URLSearchParams, key: string): { ok: true; uid: string } | { ok: false; reason: string } {
  const uid = query.get("uid") ?? "";
  const token = query.get("token") ?? "";
  if (!isUid(uid) || isApplication(uid) || token === "") return { ok: false, reason: "access faild." };
  return sameToken(token, tutorialToken(uid, key)) ? { ok: true, uid } : { ok: false, reason: "token invalidate." };
}

function sameToken(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** T6: what an ordinary page would ring for. */
function rings(entry: Entry): entry is Notification {
  if (entry.kind !== "notification" || entry.retracted || entry.wokenAs !== undefined) return false;
  return !entry.seen && !entry.muted && entry.snoozedUntil === undefined && entry.priority !== "low";
}

/** What the tutorial's page shows, and, beyond the tutorial, what was really said. */
function alertOf({ from, text, at, seq }: Notification): string {
  return JSON.stringify({ event: "alertTip", msg: TUTORIAL_MESSAGE, fromUid: from, content: text, time: at, seq });
}
