import { isSameMute, type MuteTarget } from "@carillon/protocol";

/** What is muted, after this was muted or is not any more (P54): in the order of what was said last, however often it is told. */
export function withMute(mutes: readonly MuteTarget[], target: MuteTarget, muted: boolean): readonly MuteTarget[] {
  const others = mutes.filter((other) => !isSameMute(other, target));
  if (!muted) return others.length === mutes.length ? mutes : others;
  const last = mutes.at(-1);
  return last !== undefined && isSameMute(last, target) ? mutes : [...others, target];
}
