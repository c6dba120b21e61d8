import { readFileSync } from "node:fs";

/** Processor seconds that were used up to a moment. */
export type Spent = {
  /** `performance.now()`, in seconds. */
  readonly at: number;
  /** By the server's processes, all threads, in user and kernel. */
  readonly server: number;
  readonly own: number;
  /** By everybody on this machine. */
  readonly machine: number;
};

export type Usage = {
  readonly seconds: number;
  readonly server: number;
  readonly own: number;
  readonly foreign: number;
};

export function spentNow(pids: readonly number[]): Spent {
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now() / 1_000,
    server: pids.reduce((sum, pid) => sum + processSeconds(pid), 0),
    own: (user + system) / 1_000_000,
    machine: machineSeconds(),
  };
}

/** What lies between two moments. */
export function between(first: Spent, last: Spent): Usage {
  const server = last.server - first.server;
  const own = last.own - first.own;
  return {
    seconds: last.at - first.at,
    server,
    own,
    foreign: Math.max(0, last.machine - first.machine - server - own),
  };
}

/** In cores: what the server used, the load, and everybody else. */
export function sharesOf({ seconds, server, own, foreign }: Usage) {
  return { serverCpu: server / seconds, generatorCpu: own / seconds, foreignCpu: foreign / seconds };
}

/** Fields 14 and 15 of proc_pid_stat(5), counted from the name, which is the second and may hold blanks. */
function processSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")")).split(" ");
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS;
}

const USER_TIME = 14 - 2;
const SYSTEM_TIME = 15 - 2;

/** User, nice, system, interrupts: all but idle, waiting and what a host took. */
function machineSeconds(): number {
  const [first = ""] = readFileSync("/proc/stat", "utf8").split("\n", 1);
  const [user = 0, nice = 0, system = 0, , , hard = 0, soft = 0] = first.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + hard + soft) / TICKS;
}

/** A clock tick of the kernel's accounting, the same on every Linux that Node runs on. */
const TICKS = 100;
