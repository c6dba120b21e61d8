import { openSqliteInbox } from "@carillon/server/inbox/sqlite/inbox.ts";

/**
 * Makes a store through the hub's own port, so that it is what a hub would have made, whatever it looks like inside: each of these
 * users has written half of its log to the next one, who has it and said so; the last one writes to the first.
 */
export async function block(file: string, users: number, entriesPerUser: number): Promise<void> {
  const inbox = await openSqliteInbox({
    file,
    onFatal: (error) => {
      throw error;
    },
  });
  const at = Date.now();
  const drafts = Math.floor(entriesPerUser / 2);
  for (let author = 0; author < users; author += 1) {
    const [from, to] = [uidOf(author), uidOf((author + 1) % users)];
    const all = Array.from(
      { length: drafts },
      (_, n) => ({ op: "append", from, to, id: `seed-${n}`, text: TEXT, at }) as const,
    );
    const outcomes = await inbox.commit(all);
    if (outcomes.some(({ outcome }) => outcome !== "stored")) throw new Error("The store took a draft for an old one.");
  }
  const everything = 2 * drafts + 1;
  const reached = Array.from({ length: users }, (_, n) => ({ uid: uidOf(n), seq: everything }));
  await inbox.commit([{ op: "acknowledge", reached, at }]);
  await inbox.close();
}

const TEXT = "Whoever answers you rings here, and what rings is kept until you come. ".repeat(3).slice(0, 200);

/** The name that the generator has for this user. */
function uidOf(number: number): string {
  return `u${String(number).padStart(6, "0")}`;
}
