import type { EditRequest, MarkName, MarkRequest, MarkTarget, Retract, Send } from "@carillon/protocol";
import type { Outbox } from "../outbox/outbox.ts";

export const send = (id: string): Send => ({ type: "send", id, to: "101", text: `text of ${id}` });

export const mark = (id: string, name: MarkName, target: MarkTarget): MarkRequest => ({
  type: "mark",
  id,
  mark: name,
  target,
});

export const retract = (id: string, draft: string): Retract => ({ type: "retract", id, draft });

export const edit = (id: string, draft: string, text: string): EditRequest => ({ type: "edit", id, draft, text });

export const pendingIds = (outbox: Outbox) => outbox.pending.map(({ draft }) => draft.id);
export const changeIds = (outbox: Outbox) => outbox.changes.map(({ id }) => id);
