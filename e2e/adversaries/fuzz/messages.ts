import { limits } from "@carillon/protocol";
import type { Dice } from "../../faults/random.ts";
import { sample } from "./samples.ts";
import { hostileText } from "./values.ts";
import { draftId, LONGEST, text, type World } from "./world.ts";

export type Message = Readonly<Record<string, unknown>>;

/** A hello that is granted: the first time, or with a position that may or may not be resumed. */
export function hello(chance: Dice, { users, epoch }: World): Message {
  const { token } = chance.oneOf(users);
  const position = { epoch: chance.oneOf([epoch, epoch, "another"]), seq: seq(chance) };
  return chance.below(3) === 0 ? { type: "hello", token, position } : { type: "hello", token };
}

/** A request that the protocol allows after the welcome; about one in five is refused for what it says. */
export function request(chance: Dice, world: World): Message {
  const id = draftId(chance);
  return chance.oneOf<() => Message>([
    () => ({ type: "ping" }),
    () => ({ type: "ack", seq: 0 }),
    () => ({ type: "send", ...draft(chance, world) }),
    () => ({ type: "batch", drafts: Array.from({ length: 1 + chance.below(4) }, () => draft(chance, world, 500)) }),
    () => ({
      type: "mark",
      id,
      mark: chance.oneOf(["seen", "read", "unread", "archived", "unarchived"]),
      target: target(chance),
    }),
    () => ({ type: "snooze", id, seqs: [seq(chance), seq(chance)], ...until(chance) }),
    () => ({ type: "mute", id, target: muteTarget(chance, world), muted: chance.below(2) === 0 }),
    () => ({ type: "quiet", id, ...until(chance) }),
    () => ({ type: "attend", id, threads: [hostileText(chance).slice(0, 200)] }),
    () => ({ type: "retract", id, draft: draftId(chance) }),
    () => ({ type: "edit", id, draft: draftId(chance), text: text(chance) }),
    () => ({
      type: "page",
      id,
      of: chance.oneOf(["notification", "sent", "archived"]),
      before: seq(chance),
      limit: 1 + chance.below(limits.pageItems),
    }),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every message is an object.
    () => sample(chance, chance.oneOf(world.contract.messages), world) as Message,
    () => ({ type: "ping", [hostileText(chance).slice(0, 200)]: text(chance, 1_000) }),
  ])();
}

/** What a tutorial's client says. */
export function alert(chance: Dice, { users }: World): Message {
  const { uid } = chance.oneOf(users);
  const toUid = chance.below(2) === 0 ? uid : chance.below(1_000);
  return { event: "alertTip", toUid, ...(chance.below(2) === 0 ? { content: text(chance) } : {}) };
}

function draft(chance: Dice, { users }: World, longest = LONGEST): Message {
  const to = chance.below(8) === 0 ? hostileText(chance).slice(0, 200) : chance.oneOf(users).uid;
  const thread = chance.below(4) === 0 ? { thread: hostileText(chance).slice(0, 200) } : {};
  return { id: draftId(chance), to, text: text(chance, longest), ...thread };
}

function seq(chance: Dice): number {
  return chance.oneOf([0, chance.below(20), chance.below(10_000), Number.MAX_SAFE_INTEGER]);
}

/** As long as the program runs, the same seed says the same. */
const IN_TIME = Date.now() + 3_600_000;

/** Over, ahead, or no time at all. */
function until(chance: Dice): Message {
  return chance.oneOf<Message>([{}, { until: 0 }, { until: IN_TIME + chance.below(1_000_000) }]);
}

function muteTarget(chance: Dice, { users }: World): Message {
  return chance.below(2) === 0 ? { from: chance.oneOf(users).uid } : { thread: hostileText(chance).slice(0, 200) };
}

function target(chance: Dice): Message {
  const seqs = Array.from({ length: 1 + chance.below(5) }, () => seq(chance));
  return chance.below(2) === 0 ? { upTo: seq(chance) } : { seqs };
}
