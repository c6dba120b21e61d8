import type { Changed, Logs } from "./logs.ts";
import { type Change, InboxUnavailable } from "./ports.ts";

/** Gives up what is older than it is to be held (P28), now and every day. Returns what stops it. */
export function expireDaily(logs: Logs, days: number): () => void {
  const look = () => void expire(logs, Date.now() - days * DAY_MS);
  look();
  const timer = setInterval(look, DAY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const DAY_MS = 86_400_000;

/** Resolves when all users were looked at, or the store cannot serve: the next day comes. */
async function expire(logs: Logs, before: number): Promise<void> {
  for (let after: string | undefined = ""; after !== undefined;) {
    const changed: Changed<{ op: "expire" } & Change> = await logs.change([
      { op: "expire", after, before, at: Date.now() },
    ]);
    after = changed instanceof InboxUnavailable ? undefined : changed[0]?.next;
  }
}
