import type { Prepare, Send, Served, Subscription } from "./connection.ts";

/** How Redis is reached: by its URL, and what is too secret or too long for one. */
export type RedisAccess = {
  /** See place.ts: one server, a cluster, or Sentinels. */
  readonly url: string;
  readonly password?: string | undefined;
  /** What Sentinels want to hear, where they want something. */
  readonly sentinelPassword?: string | undefined;
  /** Certificates of authorities to trust, as PEM, instead of those that Node trusts. */
  readonly ca?: string | undefined;
};

export type LinkOptions = Omit<RedisAccess, "url"> & {
  /** Milliseconds that any answer may take. */
  readonly patience: number;
  /** Called on each new connection to a server before anybody else may use it; if it rejects, the connection is none. */
  readonly prepare: Prepare;
  /** Sharded channels that are heard, wherever they are. */
  readonly subscription?: Subscription;
  /** Called when a connection is lost, and when it, or one to another server in its place, is there. */
  readonly onChange?: (is: "away" | "here") => void;
};

/** The way to a Redis, however many servers it has. Nothing waits for one that is away: what is asked of it is refused. */
export type Link = {
  /** Resolves when all servers are here for the first time; rejects if they cannot be. */
  open(): Promise<void>;
  readonly send: Send;
  /** As `send`, and says who has answered. */
  readonly sendVia: <T>(command: readonly string[], onServed: (served: Served) => void) => Promise<T>;
  /** A way to each server, for what is about all that one holds. */
  each(): readonly Send[];
  /** Whether keys lie on several servers, each of which can lose what others keep. */
  readonly isSpread: boolean;
  /** Commands that are not answered yet. */
  readonly waiting: number;
  /** Gives the connections up for others. */
  beginAnew(why: string): void;
  close(): void;
};
