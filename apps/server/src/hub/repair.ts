import { InboxUnavailable } from "./ports.ts";

/** Does something for each of many, some at a time, so that whoever is asked for it has no more to do at once than that. */
export async function someAtATime<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (let n = 0; n < items.length; n += AT_ONCE) await Promise.all(items.slice(n, n + AT_ONCE).map(act));
}

/** Asks the store, and waits for it while it cannot serve; undefined once nobody wants to know any more. */
export async function onceServed<T>(ask: () => Promise<T>, isWanted: () => boolean): Promise<T | undefined> {
  while (isWanted()) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof InboxUnavailable)) throw error;
      await pause(error.retryAfter);
    }
  }
  return undefined;
}

const AT_ONCE = 100;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
