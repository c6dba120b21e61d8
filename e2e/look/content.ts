import { Program } from "../fixtures/program.ts";

/** Rows in a long inbox. */
const MANY = 60;

/** A thread of three people, long and short, for whoever reads it. */
export async function discuss(url: string, to: string): Promise<void> {
  const [a, b, c] = await Promise.all(["lena", "mira", "tomás"].map((uid) => Program.of(url, uid)));
  const thread = "Timetable, spring";
  await a?.send({ to, text: "The second bell should ring a quarter earlier, I think.", thread });
  await c?.send({ to, text: "The rope of the third bell is worn. Who orders a new one?" });
  await b?.send({ to, text: "Agreed. The school is out by then.", thread });
  await a?.send({ to, text: "谢谢！我也更新了说明页。" });
  await c?.send({ to, text: "And on Sundays?", thread });
  const long = "A long one, to see where it is cut and what stands behind the fold. ".repeat(9);
  await a?.send({ to, text: `${long}\n\nAnd a second paragraph.`, thread: "notes" });
  await b?.send({ to, text: "שלום, והנה משהו מימין לשמאל" });
  await a?.send({ to, text: "On Sundays as it was. I will write it down tonight.", thread });
  for (const program of [a, b, c]) program?.close();
}

/** More than fits on any screen. */
export async function fill(url: string, to: string): Promise<void> {
  const program = await Program.of(url, "mira");
  await program.send(...Array.from({ length: MANY }, (_, n) => ({ to, text: `Note ${n + 1}` })));
  program.close();
}

/** Something archived, snoozed and muted. */
export async function putAway(url: string, to: string): Promise<void> {
  const [a, reader] = await Promise.all([Program.of(url, "tomás"), Program.of(url, to)]);
  await a.send(
    { to, text: "The rope of the third bell is worn. Who orders a new one?" },
    { to, text: "Rehearsal is on Thursday, not on Friday.", thread: "Rehearsals" },
    { to, text: "The tower key is back in its box." },
  );
  await reader.mark("archived", { seqs: [1] });
  await reader.snooze([2], Date.now() + 3 * 24 * 60 * 60_000);
  await reader.mute({ thread: "Timetable, spring" }, true);
  await reader.mute({ from: "lena" }, true);
  const muted = await Program.of(url, "lena");
  await muted.send({ to, text: "A word from somebody who is muted." });
  for (const program of [a, reader, muted]) program.close();
}
