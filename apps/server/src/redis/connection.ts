import { createClient } from "@redis/client";
import { InboxUnavailable } from "../hub/ports.ts";
import { isDemoted, isWithoutFile, unavailableFor } from "./faults.ts";

export type ConnectionOptions = {
  /** `redis://` or `rediss://`, with user, password and database where there are any; or who knows it, asked each time. */
  readonly url: string | (() => Promise<string>);
  readonly password?: string | undefined;
  /** Certificates of authorities to trust, as PEM, instead of those that Node trusts. */
  readonly ca?: string | undefined;
  /** Milliseconds that any answer may take. */
  readonly patience: number;
  /** Called on each new connection before anybody else may use it; if it rejects, the connection is none. */
  readonly prepare: Prepare;
  /** Sharded channels that it hears; a server that does not have one of them any more is given up. */
  readonly subscription?: Subscription;
  /** Called when the connection is lost, and when it is back. */
  readonly onChange?: (is: "away" | "here") => void;
};

export type Subscription = {
  /** Asked on each new connection. */
  readonly channels: () => readonly string[];
  readonly onMessage: (text: string, channel: string) => void;
};

/** Sends one command. What is sent in one tick goes out together. Rejects with `InboxUnavailable` or with a bug. */
export type Send = <T>(command: readonly string[]) => Promise<T>;

/** Who has answered, and in which of its lives: whoever asks something more may mean no other. */
export type Served = { readonly by: Pick<Connection, "send" | "life">; readonly life: number };

/** @param by who will serve what is sent on this connection */
export type Prepare = (send: Send, by: Served["by"]) => Promise<void>;

type Client = ReturnType<typeof clientFor>;
type State =
  | { readonly at: "away"; readonly why: string }
  | { readonly at: "here"; readonly client: Client }
  | { readonly at: "closed" };

/**
 * One connection, which comes back by itself. Nothing waits for that: while it is away, every command is refused at once. A
 * command that is not answered in time ends the connection, and all that wait on it are refused with it: answers come in order, so
 * whoever is behind would wait no less.
 */
export class Connection {
  readonly isSpread = false;
  readonly #options: ConnectionOptions;
  readonly #patience: number;
  #state: State = { at: "away", why: "not connected yet" };
  #timer: NodeJS.Timeout | undefined;
  #attempts = 0;
  #life = 0;
  /** Commands that are not answered yet. */
  #waiting = 0;
  /** Those of one tick share a timer. */
  #tick: Tick | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#patience = options.patience;
  }

  /** Resolves when it is here for the first time; rejects if it cannot be. */
  async open(): Promise<void> {
    const client = await this.#connect();
    if (this.#state.at === "closed") return client.destroy();
    this.#state = { at: "here", client };
  }

  /** As `open`, but where it cannot be here now, it will be once it can. */
  async openInTime(): Promise<void> {
    try {
      await this.open();
    } catch (error) {
      if (this.#state.at !== "closed") this.#tryLater(error);
    }
  }

  /** Which connection this is: another number, another one. */
  get life(): number {
    return this.#life;
  }

  get waiting(): number {
    return this.#waiting;
  }

  readonly send: Send = async <T>(command: readonly string[]) => {
    if (this.#state.at === "closed") throw new InboxUnavailable("The store is closed.");
    if (this.#state.at === "away") throw new InboxUnavailable(`Redis is away: ${this.#state.why}`);
    if (this.#waiting >= MOST_WAITING) throw new InboxUnavailable("Too many commands wait for Redis.");
    return this.#send<T>(this.#state.client, command);
  };

  /** As `send`, and says in which life it was answered. */
  readonly sendVia = async <T>(command: readonly string[], onServed: (served: Served) => void): Promise<T> => {
    const life = this.#life;
    const reply = await this.send<T>(command);
    onServed({ by: this, life });
    return reply;
  };

  get isHere(): boolean {
    return this.#state.at === "here";
  }

  each(): readonly Send[] {
    return [this.send];
  }

  /** Gives this connection up for another one. */
  beginAnew(why: string): void {
    if (this.#state.at === "here") this.#lose(this.#state.client, why);
  }

  close(): void {
    if (this.#state.at === "here") this.#state.client.destroy();
    this.#state = { at: "closed" };
    clearTimeout(this.#timer);
  }

  async #send<T>(client: Client, command: readonly string[]): Promise<T> {
    const tick = this.#clock(client);
    tick.waiting += 1;
    this.#waiting += 1;
    try {
      return await client.sendCommand<T>(command);
    } catch (error) {
      if (isDemoted(error)) this.#lose(client, "it is a replica now");
      if (isWithoutFile(error)) this.#lose(client, "it is set anew");
      throw unavailableFor(error);
    } finally {
      this.#waiting -= 1;
      tick.waiting -= 1;
      if (tick.waiting === 0) clearTimeout(tick.timer);
    }
  }

  #clock(client: Client): Tick {
    if (this.#tick !== undefined) return this.#tick;
    const timer = setTimeout(() => this.#lose(client, `no answer within ${this.#patience} ms`), this.#patience);
    const tick = { waiting: 0, timer };
    this.#tick = tick;
    setImmediate(() => (this.#tick = undefined));
    return tick;
  }

  async #connect(): Promise<Client> {
    const late = deadline(this.#patience);
    const client = await this.#clientInTime(late);
    try {
      await Promise.race([client.connect(), late.passed]);
      this.#life += 1;
      await Promise.race([this.#subscribe(client), late.passed]);
      await Promise.race([this.#options.prepare((command) => this.#send(client, command), this), late.passed]);
      return client;
    } catch (error) {
      client.destroy();
      throw error;
    } finally {
      late.stop();
    }
  }

  async #clientInTime(late: Deadline): Promise<Client> {
    try {
      const { url, password, ca } = this.#options;
      const where = typeof url === "string" ? url : await Promise.race([url(), late.passed]);
      const client = clientFor({ url: where, password, ca }, this.#patience);
      client.on("error", (error: Error) => this.#lose(client, error.message));
      // Not at once: the library is still reading, and would begin to read the same message again, for ever.
      client.on("sharded-channel-moved", () => setImmediate(() => this.#lose(client, "a channel has moved")));
      return client;
    } catch (error) {
      late.stop();
      throw error;
    }
  }

  async #subscribe(client: Client): Promise<void> {
    const { channels = () => [], onMessage = () => {} } = this.#options.subscription ?? {};
    // One command each: a cluster refuses one that is about several slots.
    await Promise.all(channels().map((channel) => client.sSubscribe(channel, onMessage)));
  }

  /** Destroying a client refuses all that wait for it. */
  #lose(client: Client, why: string): void {
    client.destroy();
    if (this.#state.at !== "here" || this.#state.client !== client) return;
    this.#state = { at: "away", why };
    this.#options.onChange?.("away");
    this.#comeBack();
  }

  /** With full jitter, so that a server that is back is not met by all hubs at once. */
  #comeBack(): void {
    const ceiling = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** this.#attempts++);
    this.#timer = setTimeout(() => void this.#tryAgain(), Math.random() * ceiling);
  }

  async #tryAgain(): Promise<void> {
    try {
      const client = await this.#connect();
      if (this.#state.at === "closed") return client.destroy();
      this.#state = { at: "here", client };
      this.#attempts = 0;
      this.#options.onChange?.("here");
    } catch (error) {
      if (this.#state.at !== "closed") this.#tryLater(error);
    }
  }

  #tryLater(error: unknown): void {
    this.#state = { at: "away", why: error instanceof Error ? error.message : "it cannot be reached" };
    this.#comeBack();
  }
}

type Tick = { waiting: number; readonly timer: NodeJS.Timeout };

/** A client that never comes back by itself, and keeps nothing for later: `Connection` decides both. */
function clientFor(
  { url, password, ca }: { url: string; password: string | undefined; ca: string | undefined },
  patience: number,
) {
  return createClient({
    url: password === undefined ? url : withPassword(url, password),
    name: "carillon",
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    socket: {
      connectTimeout: patience,
      reconnectStrategy: false,
      ...(url.startsWith("rediss:") && { tls: true as const, ...(ca !== undefined && { ca }) }),
    },
  });
}

/** The library takes a user from the URL with a password from there, or with none. */
function withPassword(url: string, password: string): string {
  const whole = new URL(url);
  whole.password = encodeURIComponent(password);
  return whole.href;
}

type Deadline = { readonly passed: Promise<never>; readonly stop: () => void };

function deadline(ms: number): Deadline {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new InboxUnavailable(`Redis did not let us in within ${ms} ms.`)), ms);
  promise.catch(() => {}); // Whoever races with it hears of it.
  return { passed: promise, stop: () => clearTimeout(timer) };
}

/** Commands that wait for an answer; more are refused, so that memory is bounded when the server is slow. */
const MOST_WAITING = 50_000;
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
