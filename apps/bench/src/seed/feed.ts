import { openSqliteInbox } from "@carillon/server/inbox/sqlite/inbox.ts";

/** Puts so many notifications into the log of a user, in a store that nobody has open. */
export async function fillFeed(file: string, uid: string, count: number): Promise<void> {
  const inbox = await openSqliteInbox({
    file,
    mostEntries: 2 * count + LEAST,
    onFatal: (error) => {
      throw error;
    },
  });
  const since = Date.now() - count * MINUTE_MS;
  for (let first = 0; first < count; first += TOGETHER) {
    const length = Math.min(TOGETHER, count - first);
    await inbox.commit(Array.from({ length }, (_, n) => notification(uid, first + n, since)));
  }
  await inbox.close();
}

const LEAST = 100;
const TOGETHER = 1_000;
const MINUTE_MS = 60_000;

/** One in seven is long. */
function notification(to: string, n: number, since: number) {
  const text = n % 7 === 0 ? `Number ${n}. ${"And there is more to say about that. ".repeat(n % 20)}` : `Number ${n}`;
  return { op: "append", from: "author", to, id: `feed-${n}`, text, at: since + n * MINUTE_MS } as const;
}
