import type { Send } from "../../redis/connection.ts";
import type { ServerSettings } from "./server-settings.ts";

/** Whether replicas have it at all, or have it fsynced; so then does their master. */
export type Question = "memory" | "disk";

/**
 * A file that is fsynced once a second would let every answer wait for that second; and some versions that have WAITAOF answer it
 * too early then. So it is asked only where the file is fsynced before the server says anything.
 */
export function questionFor(settings: ServerSettings | undefined): Question {
  if (settings === undefined) return "memory";
  const { hasWaitAof, appendonly, appendfsync } = settings;
  return hasWaitAof && appendonly === "yes" && appendfsync === "always" ? "disk" : "memory";
}

export type Demand = {
  readonly replicas: number;
  /** Milliseconds that they have. */
  readonly wait: number;
};

/** How many replicas have all that was written on this connection; none counts while the server's own disk has not. */
export async function asked(send: Send, question: Question, { replicas, wait }: Demand): Promise<number> {
  switch (question) {
    case "memory":
      return send<number>(["WAIT", String(replicas), String(wait)]);
    case "disk": {
      const half = String(Math.ceil(wait / 2));
      // A replica tells what it has before it fsyncs, and then nothing for a second: so it is asked again once it has told.
      const [, [own, others]] = await Promise.all([
        send<number>(["WAIT", String(replicas), half]),
        send<readonly [number, number]>(["WAITAOF", "1", String(replicas), half]),
      ]);
      return own === 1 ? others : 0;
    }
    default:
      return question satisfies never;
  }
}
