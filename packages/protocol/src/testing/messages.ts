import fc from "fast-check";
import type { Down, Up } from "../index.ts";
import { limits } from "../limits.ts";
import { counts, entry, page, snapshot } from "./entries.ts";
import { at, draft, id, mark, muteTarget, position, seq, seqs, target, text, thread, uid } from "./words.ts";

const request = <T extends string>(type: T) => ({ type: fc.constant(type), id });

/** Any message that a client may send. */
export const ups: fc.Arbitrary<Up> = fc.oneof(
  fc.record({ type: fc.constant("hello" as const), token: fc.string(), position }, { requiredKeys: ["type", "token"] }),
  draft.map((one) => ({ type: "send" as const, ...one })),
  fc.record({ type: fc.constant("batch" as const), drafts: fc.array(draft, { minLength: 1, maxLength: 5 }) }),
  fc.record({ ...request("mark"), mark, target }),
  fc.record({ ...request("snooze"), seqs, until: at }, { requiredKeys: ["type", "id", "seqs"] }),
  fc.record({ ...request("mute"), target: muteTarget, muted: fc.boolean() }),
  fc.record({ ...request("quiet"), until: at }, { requiredKeys: ["type", "id"] }),
  fc.record({ ...request("retract"), draft: id }),
  fc.record({ ...request("edit"), draft: id, text }),
  fc.record({
    ...request("page"),
    of: fc.constantFrom("notification" as const, "sent" as const, "archived" as const),
    before: seq,
    limit: fc.integer({ min: 1, max: limits.pageItems }),
  }),
  fc.record({ ...request("renew"), token: fc.string() }),
  fc.record({ ...request("watch"), uids: fc.array(uid, { maxLength: 5 }) }),
  fc.record({ ...request("attend"), threads: fc.array(thread, { maxLength: 5 }) }),
  fc.record({ type: fc.constant("ack" as const), seq }),
  fc.record({ type: fc.constant("ping" as const) }),
);

const welcome = {
  type: fc.constant("welcome" as const),
  uid,
  session: fc.string(),
  wasRecovering: fc.boolean(),
  position,
  head: seq,
  counts,
  expiresIn: fc.nat(),
};

/** Any message that the hub may send. */
export const downs: fc.Arbitrary<Down> = fc.oneof(
  fc.record({ ...welcome, recovered: fc.constant(true as const) }),
  fc.record({ ...welcome, recovered: fc.constant(false as const), snapshot }),
  fc.record(
    {
      type: fc.constant("entries" as const),
      entries: fc.array(entry, { maxLength: 5 }),
      counts,
      ack: fc.constant(false as const),
    },
    { requiredKeys: ["type", "entries"] },
  ),
  fc.record({ type: fc.constant("unacked" as const) }),
  fc.record(
    { ...request("sent"), seq, at, duplicate: fc.constant(true as const) },
    { requiredKeys: ["type", "id", "seq", "at"] },
  ),
  fc.record(request("done")),
  page,
  fc.record({ ...request("renewed"), expiresIn: fc.nat() }),
  fc.record({
    type: fc.constant("presence" as const),
    users: fc.array(fc.record({ uid, online: fc.boolean() }), { maxLength: 5 }),
  }),
  fc.record(
    { ...request("refused"), code: fc.string(), message: fc.string(), retryAfter: fc.nat() },
    { requiredKeys: ["type", "id", "code", "message"] },
  ),
  fc.record({ type: fc.constant("pong" as const) }),
);
