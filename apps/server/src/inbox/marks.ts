import type { MarkName, Receipt } from "@carillon/protocol";
import { ARCHIVED, GONE, READ, SEEN } from "./flags.ts";

/** By which flags one sees that a mark is still to be made. */
export const UNMARKED = {
  seen: { mask: SEEN | GONE, want: 0 },
  read: { mask: READ | GONE, want: 0 },
  unread: { mask: READ | GONE, want: READ },
  archived: { mask: ARCHIVED | GONE, want: 0 },
  unarchived: { mask: ARCHIVED | GONE, want: ARCHIVED },
} as const satisfies Record<MarkName, object>;

/** The flags that a mark gives, and those that it takes away. */
export const GIVEN: MarkFlags = { seen: SEEN, read: SEEN | READ, unread: 0, archived: SEEN | ARCHIVED, unarchived: 0 };
export const TAKEN: MarkFlags = { seen: 0, read: 0, unread: READ, archived: 0, unarchived: ARCHIVED };
type MarkFlags = Readonly<Record<MarkName, number>>;

/** What authors learn of it (P24, P52). */
export const TOLD: Readonly<Record<MarkName, Receipt["state"] | undefined>> = {
  seen: "seen",
  read: "read",
  unread: undefined,
  archived: "seen",
  unarchived: undefined,
};
