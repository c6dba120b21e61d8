import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * A store in which so many users have so many entries each, made once and kept in this folder. Whoever writes to it should add
 * little. Gives its path.
 */
export async function seededStore(folder: string, users: number, entriesPerUser: number): Promise<string> {
  const file = join(folder, `seed-${users}-${entriesPerUser}.db`);
  if (existsSync(file)) return file;
  const workshop = join(folder, `seeding-${process.pid}.db`);
  const child = fork(join(import.meta.dirname, "program.ts"), [workshop, String(users), String(entriesPerUser)], {
    execArgv: [],
  });
  let toldAt = performance.now();
  child.on("message", (share) => {
    if (performance.now() - toldAt < TELL_MS) return;
    toldAt = performance.now();
    process.stderr.write(`\n      filling a store: ${Math.round(Number(share) * 100)} %`);
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const [code] = await once(child, "exit");
  process.off("exit", kill);
  if (code !== 0) throw new Error(`The store could not be filled: the program ended with ${code}.`);
  for (const end of BESIDE) await rm(file + end, { force: true });
  for (const end of BESIDE) if (existsSync(workshop + end)) await rename(workshop + end, file + end);
  await rename(workshop, file); // Last: only a whole store has the name.
  return file;
}

const TELL_MS = 10_000;
/** What lies beside a store. */
const BESIDE = ["-wal", "-shm", "-commits"];
