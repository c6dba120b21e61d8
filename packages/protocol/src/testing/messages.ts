import fc from "fast-check";
import type { Down, Entry, Position, Sent, Snapshot, Up } from "../index.ts";

const seq = fc.maxSafeNat();
const at = fc.maxSafeInteger().map((ms) => ms + 0);
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const uid = fc.string({ minLength: 1, maxLength: 128, unit: "binary" });
const text = fc.string({ unit: "binary" });
const thread = fc.string({ minLength: 1, maxLength: 128 });
const state = fc.constantFrom("stored" as const, "delivered" as const);
const epoch = fc.string({ minLength: 1, maxLength: 64 });
const position: fc.Arbitrary<Position> = fc.record({ epoch, seq });

/** Any message that a client may send. */
export const ups: fc.Arbitrary<Up> = fc.oneof(
  fc.record({ type: fc.constant("hello" as const), token: fc.string(), position }, { requiredKeys: ["type", "token"] }),
  fc.record(
    { type: fc.constant("send" as const), id, to: uid, text, thread },
    { requiredKeys: ["type", "id", "to", "text"] },
  ),
  fc.record({ type: fc.constant("ack" as const), seq }),
  fc.record({ type: fc.constant("ping" as const) }),
);

const notification = fc.record(
  { kind: fc.constant("notification" as const), seq, id, from: uid, text, thread, at },
  { requiredKeys: ["kind", "seq", "id", "from", "text", "at"] },
);
const sent: fc.Arbitrary<Sent> = fc.record(
  { kind: fc.constant("sent" as const), seq, id, to: uid, text, thread, at },
  { requiredKeys: ["kind", "seq", "id", "to", "text", "at"] },
);
const receipt = fc.record({
  kind: fc.constant("receipt" as const),
  seq,
  state: fc.constant("delivered" as const),
  to: uid,
  ids: fc.array(id),
  at,
});
const entry: fc.Arbitrary<Entry> = fc.oneof(notification, sent, receipt);
const sentLine = fc.tuple(sent, state).map(([line, became]) => ({ ...line, state: became }));
const snapshot: fc.Arbitrary<Snapshot> = fc.record({
  notifications: fc.array(notification, { maxLength: 5 }),
  sent: fc.array(sentLine, { maxLength: 5 }),
  acked: seq,
});
const welcome = {
  type: fc.constant("welcome" as const),
  uid,
  session: fc.string(),
  wasRecovering: fc.boolean(),
  position,
  head: seq,
};

/** Any message that the hub may send. */
export const downs: fc.Arbitrary<Down> = fc.oneof(
  fc.record({ ...welcome, recovered: fc.constant(true as const) }),
  fc.record({ ...welcome, recovered: fc.constant(false as const), snapshot }),
  fc.record({ type: fc.constant("entries" as const), entries: fc.array(entry, { maxLength: 5 }) }),
  fc.record(
    { type: fc.constant("sent" as const), id, seq, at, duplicate: fc.constant(true as const) },
    { requiredKeys: ["type", "id", "seq", "at"] },
  ),
  fc.record(
    { type: fc.constant("refused" as const), id, code: fc.string(), message: fc.string(), retryAfter: fc.nat() },
    { requiredKeys: ["type", "id", "code", "message"] },
  ),
  fc.record({ type: fc.constant("pong" as const) }),
);
