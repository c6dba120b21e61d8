import { Position } from "./entry.ts";

/** A position as the id of an event: `epoch:seq`. What stands after the last colon is the seq, whatever an epoch looks like (P41). */
export function eventIdOf({ epoch, seq }: Position): string {
  return `${epoch}:${seq}`;
}

/** The position that an event's id names; undefined if it names none. */
export function positionOf(eventId: string): Position | undefined {
  const [, epoch, seq] = /^(.+):(\d{1,16})$/su.exec(eventId) ?? [];
  const read = Position.safeParse({ epoch, seq: Number(seq) });
  return read.success ? read.data : undefined;
}
