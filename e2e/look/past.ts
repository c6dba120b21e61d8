import type { Change } from "@carillon/server/hub/ports.ts";
import { openSqliteInbox } from "@carillon/server/inbox/sqlite/inbox.ts";
import { storeIn } from "../fixtures/hub.ts";

/** Whose page the pictures in README show. */
export const READER = "ana";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What was written to and by the reader in the days before, put into a store that no hub has open yet. */
export async function pastOf(folder: string): Promise<void> {
  const inbox = await openSqliteInbox({
    file: storeIn(folder),
    onFatal: (error) => {
      throw error;
    },
  });
  await inbox.commit([...received(Date.now()), ...sent(Date.now())]);
  await inbox.close();
}

function received(now: number): Change[] {
  const thread = "Timetable, spring";
  const written = [
    { from: "mira", ago: 3 * DAY, text: "Could you open the tower on Friday? The tuner comes at nine." },
    { from: "李雷", ago: DAY + HOUR, text: "谢谢！我也更新了说明页。" },
    { from: "tomás", ago: 5 * HOUR, text: "The second bell should ring a quarter earlier, I think.", thread },
    { from: "mira", ago: 3 * HOUR, text: "Agreed. The school is out by then.", thread },
    { from: "דנה", ago: 2 * HOUR, text: "שלום, ראיתי את לוח הזמנים החדש." },
    { from: "tomás", ago: 41 * MINUTE, text: "And on Sundays?", thread },
    { from: "mira", ago: 12 * MINUTE, text: "The rope of the third bell is worn. Who orders a new one?" },
  ];
  const appended = written.map(({ ago, ...draft }, index): Change => {
    return { op: "append", to: READER, id: `past-${index}`, at: now - ago, ...draft };
  });
  const at = now - HOUR;
  return [
    ...appended,
    { op: "acknowledge", reached: [{ uid: READER, seq: appended.length }], at },
    { op: "mark", uid: READER, mark: "read", target: { upTo: 3 }, withhold: false, at },
    { op: "mark", uid: READER, mark: "seen", target: { upTo: 5 }, withhold: false, at },
  ];
}

function sent(now: number): Change[] {
  const drafts = [
    { to: "mira", ago: 4 * HOUR, text: "I moved the second bell. Tell me if it is too early." },
    { to: "tomás", ago: 35 * MINUTE, text: "On Sundays as it was. I will write it down tonight." },
    { to: "李雷", ago: 8 * MINUTE, text: "Could you look at the third bell? It sounds flat." },
  ];
  return [
    ...drafts.map(({ ago, ...draft }, index): Change => {
      return { op: "append", from: READER, id: `sent-${index}`, at: now - ago, ...draft };
    }),
    { op: "mark", uid: "mira", mark: "read", target: { upTo: 100 }, withhold: false, at: now - 2 * HOUR },
    { op: "mark", uid: "tomás", mark: "seen", target: { upTo: 100 }, withhold: false, at: now - 20 * MINUTE },
  ];
}
