import type { Counts, Down, Notification, Position, Refusal, Snapshot } from "@carillon/protocol";
import type { Client, ClientOptions, Status } from "../api.ts";
import { createClient } from "../client.ts";
import type { TokenNeed } from "../machine/state.ts";
import type { Change } from "../outbox/waiting.ts";
import type { View } from "../view/view.ts";
import { HandClock } from "./clock.ts";
import { Exchange, type Line } from "./line.ts";

const HOUR_MS = 3_600_000;
export const HOME: Position = { epoch: "V1StGXR8", seq: 0 };

/** A page with one client: everything that the client told it, and its clock, network and dice in the test's hands. */
export class Page {
  readonly clock = new HandClock();
  readonly exchange = new Exchange();
  readonly client: Client;
  readonly statuses: Status[] = [];
  readonly views: View[] = [];
  readonly rung: Notification[] = [];
  readonly refused: (readonly [change: Change, refusal: Refusal])[] = [];
  /** What each token was asked for. */
  readonly asked: TokenNeed[] = [];
  /** The network is back, or the page is visible. */
  wake = () => {};
  /** The page goes out of use. */
  rest = () => {};
  hintsStopped = 0;

  constructor(options: Partial<ClientOptions> = {}) {
    this.client = createClient({
      url: "ws://hub.example/v1/socket",
      token: (why) => {
        this.asked.push(why);
        return Promise.resolve(`token ${this.asked.length}`);
      },
      onStatus: (status) => this.statuses.push(status),
      onView: (view) => this.views.push(view),
      onNotification: (notification) => this.rung.push(notification),
      onRefused: (change, refusal) => this.refused.push([change, refusal]),
      socket: this.exchange.socket,
      stream: this.exchange.stream,
      clock: this.clock,
      wakeHints: (onWake, onRest) => {
        this.wake = onWake;
        this.rest = onRest;
        return () => (this.hintsStopped += 1);
      },
      random: () => 0.5,
      ...options,
    });
  }

  /** What is on screen. */
  get view(): View | undefined {
    return this.views.at(-1);
  }

  get pendingIds(): readonly string[] | undefined {
    return this.view?.pending.map(({ draft }) => draft.id);
  }

  /** Starts the client and lets a hub welcome it; hello and ack are heard. */
  async online(snapshot: Partial<Snapshot> = {}, position: Position = HOME): Promise<Line> {
    this.client.start();
    return this.welcomed(afresh(snapshot, position));
  }

  /** The next connection, opened, welcomed; hello and ack are heard. */
  async welcomed(welcome: Down): Promise<Line> {
    const line = await this.exchange.accept();
    line.open();
    await line.hear();
    line.say(welcome);
    await line.hear();
    return line;
  }

  /** Submits a draft that nothing stands against; its id. */
  send(text: string): string {
    const submitted = this.client.send({ to: "101", text });
    if (!submitted.ok) throw new Error(submitted.refusal.message);
    return submitted.id;
  }
}

/** The hub could not resume: this stands at `position`. */
export function afresh(snapshot: Partial<Snapshot> = {}, position: Position = HOME): Down {
  const words = { type: "welcome", uid: "100", session: "s", wasRecovering: false, recovered: false } as const;
  const stands = { notifications: [], sent: [], acked: 0, mutes: [], ...snapshot };
  return { ...words, position, head: position.seq, counts: none(position), expiresIn: HOUR_MS, snapshot: stands };
}

/** The hub goes on after `position`; the log has reached `head`. */
export function resumed(position: Position = HOME, head = position.seq): Down {
  const words = { type: "welcome", uid: "100", session: "s", wasRecovering: true, recovered: true } as const;
  return { ...words, position, head, counts: none(position), expiresIn: HOUR_MS };
}

function none({ seq }: Position): Counts {
  return { unseen: 0, unread: 0, asOf: seq };
}
