import type { Entry, Seq } from "@carillon/protocol";

/** One entry as it is kept: what never changes in `body` (JSON, without kind and seq), what later entries say of it in `flags`. */
export type Row = {
  readonly seq: Seq;
  readonly kind: Entry["kind"];
  readonly flags: number;
  readonly body: string;
};

/** A row as a line of text: JSON has no line break of its own. */
export function lineOf({ seq, kind, flags, body }: Row): string {
  return `${seq} ${kind} ${flags} ${body}`;
}

/** The row of such a line. */
export function rowIn(line: string): Row {
  const kindAt = line.indexOf(" ") + 1;
  const flagsAt = line.indexOf(" ", kindAt) + 1;
  const bodyAt = line.indexOf(" ", flagsAt) + 1;
  return {
    seq: Number(line.slice(0, kindAt)),
    kind: line.slice(kindAt, flagsAt - 1) as Row["kind"],
    flags: Number(line.slice(flagsAt, bodyAt)),
    body: line.slice(bodyAt),
  };
}
