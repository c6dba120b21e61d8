import { limits } from "@carillon/protocol";
import type { Change, Done, OutcomeOf } from "../../../hub/ports.ts";
import { noteDue } from "../notes.ts";
import type { Store } from "../store.ts";

/** Puts off what is not put off until then already, or, without a time, what is; and says what changed (P53). */
export async function snooze(store: Store, { uid, seqs, until, at }: Extract<Change, { op: "snooze" }>): Promise<Done> {
  if (until !== undefined) await noteDue(store, uid, until);
  await store.confirm();
  return done(await store.change("snooze", uid, at, until ?? "", ...new Set(seqs)));
}

/** Mutes a thread or an author for a user, or does so no more, unless that is so already (P54). */
export async function mute(
  store: Store,
  { uid, target, muted, at }: Extract<Change, { op: "mute" }>,
): Promise<OutcomeOf<{ op: "mute" } & Change>> {
  const [what, name] = "thread" in target ? ["thread", target.thread] : ["from", target.from];
  const args = [what, name, muted ? 1 : 0, limits.mutes] as const;
  const answer = await store.write<readonly ["same" | "tooManyMutes" | "done"]>("mute", uid, at, ...args);
  return answer.said[0] === "tooManyMutes" ? { outcome: "tooManyMutes" } : done(answer);
}

/** Lets it be quiet until then, or, without a time, no more, unless that is so already (P55). */
export async function quiet(store: Store, { uid, until, at }: Extract<Change, { op: "quiet" }>): Promise<Done> {
  return done(await store.write("quiet", uid, at, until ?? ""));
}

function done(answer: Pick<Done, "growth"> | undefined): Done {
  return { outcome: "done", growth: answer?.growth ?? [] };
}
