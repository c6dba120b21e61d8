import { type DestinationStream, pino } from "pino";

/**
 * Where the process's log goes: standard output, in one write for what a turn of the event loop says. A write to the system costs
 * as much as ten lines, and two lines are said of each connection. Nothing is lost but by a kill, which takes one turn with it.
 */
export function logStream(): DestinationStream {
  const corked = new CorkedLog(pino.destination({ dest: 1, sync: true }));
  process.on("exit", () => corked.flushSync());
  return corked;
}

/** Lines that leave together at the end of a turn. */
export class CorkedLog implements DestinationStream {
  readonly #below: DestinationStream;
  #lines = "";

  constructor(below: DestinationStream) {
    this.#below = below;
  }

  write(line: string): void {
    if (this.#lines === "") setImmediate(() => this.flushSync());
    this.#lines += line;
    if (this.#lines.length >= MOST_CHARACTERS) this.flushSync();
  }

  /** By this name pino calls it before the process ends of something fatal. */
  flushSync(): void {
    const lines = this.#lines;
    this.#lines = "";
    if (lines !== "") this.#below.write(lines);
  }
}

/** So much is worth a write of its own. */
const MOST_CHARACTERS = 65_536;
