import type { Line } from "./line.ts";

export type FloodOptions = {
  readonly to: string;
  readonly count: number;
  readonly text: string;
  /** Begins each id, so that floods do not collide. */
  readonly prefix: string;
};

/** Sends many drafts over one connection, a bounded number under way; the ids that were acknowledged. */
export async function flood(line: Line, { to, count, text, prefix }: FloodOptions): Promise<readonly string[]> {
  const acknowledged: string[] = [];
  for (let next = 0; next < count; next += UNDER_WAY) {
    const drafts = Array.from({ length: Math.min(UNDER_WAY, count - next) }, (_, n) => {
      return { id: `${prefix}-${next + n}`, to, text };
    });
    for (const answer of await line.sendAll(drafts)) if (answer.type === "sent") acknowledged.push(answer.id);
  }
  return acknowledged;
}

const UNDER_WAY = 200;
