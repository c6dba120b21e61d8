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
  let next = 0;
  const sendOn = async () => {
    while (next < count) {
      const id = `${prefix}-${next++}`;
      const answer = await line.send({ id, to, text });
      if (answer.type === "sent") acknowledged.push(id);
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, sendOn));
  return acknowledged;
}

const UNDER_WAY = 200;
