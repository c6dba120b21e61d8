import type { Close } from "@carillon/protocol";
import type { Connections } from "./connections.ts";

export type FarewellOptions = {
  readonly why: Close;
  /** Milliseconds over which goodbyes are spread at most, so that not everybody comes back at once. */
  readonly spread: number;
  /** Milliseconds after which those who have not gone are cut off. */
  readonly patience: number;
};

/** Says goodbye to every connection. Resolves when all are gone. There must come no new ones. */
export async function farewell(connections: Connections, { why, spread, patience }: FarewellOptions): Promise<void> {
  const all = connections.members();
  const period = Math.min(spread, all.length * EACH_MS);
  const start = performance.now();
  let said = 0;
  const sayOn = () => {
    const part = period === 0 ? 1 : (performance.now() - start) / period;
    const due = Math.min(all.length, Math.ceil(all.length * part));
    for (const member of all.slice(said, due)) member.retire(why);
    said = Math.max(said, due);
  };
  sayOn();
  const pace = setInterval(sayOn, TICK_MS);
  const cut = setTimeout(() => connections.members().forEach((member) => member.destroy()), patience);
  await connections.emptied();
  clearInterval(pace);
  clearTimeout(cut);
  connections.stop();
}

/** A thousand goodbyes take two seconds, a handful none that anybody would notice. */
const EACH_MS = 2;
const TICK_MS = 20;
