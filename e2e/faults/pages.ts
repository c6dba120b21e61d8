import type { DatabaseSync } from "node:sqlite";

/** An entry as a line of a page or of the journal has it. */
export type Line = { readonly uid: string; readonly seq: number; readonly kind: string; readonly body: string };

/**
 * All that the logs of a store hold, in order, read from its pages and its journal without a line of the hub's code: what that
 * code gets wrong in both directions is found here.
 */
export function linesIn(db: DatabaseSync): readonly Line[] {
  const logs = new Map<string, Map<number, Line>>();
  const logOf = (uid: string) => logs.get(uid) ?? logs.set(uid, new Map()).get(uid) ?? new Map<number, Line>();
  const put = (uid: string, line: string) => {
    const [seq = "", kind = ""] = line.split(" ", 2);
    const body = line.slice(line.indexOf("{"));
    logOf(uid).set(Number(seq), { uid, seq: Number(seq), kind, body });
  };
  const floors = new Map<string, number>();
  const users = new Map<number, string>();
  for (const { uid, id, floor } of db.prepare("SELECT uid, id, floor FROM user").all()) {
    users.set(Number(id), String(uid));
    floors.set(String(uid), Number(floor));
  }
  for (const { n, rows } of db.prepare("SELECT n, rows FROM page").all()) {
    const uid = users.get(Math.floor(Number(n) / 2 ** 24)) ?? `nobody's page ${Number(n)}`;
    for (const line of String(rows).split("\n")) put(uid, line);
  }
  for (const { notes } of db.prepare("SELECT notes FROM journal ORDER BY n").all()) {
    let uid = "";
    for (const line of String(notes).split("\n")) {
      if (line.startsWith("@")) {
        const figures: unknown[] = JSON.parse(line.slice(1));
        uid = String(figures[0]);
        floors.set(uid, Number(figures[6]));
      }
      if (line.startsWith("+")) put(uid, line.slice(1));
    }
  }
  return [...logs].flatMap(([uid, log]) =>
    [...log.values()].filter(({ seq }) => seq > (floors.get(uid) ?? 0)).toSorted((a, b) => a.seq - b.seq),
  );
}
