import { limits } from "@carillon/protocol";
import type { Growth } from "./ports.ts";
import type { Written } from "./written.ts";

/** `takenAt`: when the hub was asked for the first of it, in milliseconds of a monotonic clock. */
export type Grown = Growth & { readonly takenAt: number };

/**
 * As few growths a user as fit a frame each: what several changes of one commit added to a log follows on each other. Where another
 * hub's entries lie between, it is without entries: the log knows them all.
 */
export function byUser(growths: readonly Grown[]): readonly Grown[] {
  const users = [...Map.groupBy(growths, ({ uid }) => uid).values()];
  return users.flatMap(toldOf).map((grown) => (isWhole(grown) ? grown : emptied(grown)));
}

/** Most users get one of a commit, and nothing need be copied for it. */
function toldOf(all: readonly Grown[]): readonly Grown[] {
  return all.length === 1 ? all : pushable(joinedOf(all));
}

function joinedOf([first, ...others]: readonly Grown[]): readonly Joined[] {
  const all = first === undefined ? [] : [begun(first)];
  for (const growth of others) {
    const last = all.at(-1);
    if (last === undefined || !fit(last, growth)) all.push(begun(growth));
    else all[all.length - 1] = joined(last, growth);
  }
  return all;
}

/** P30: what is more than a connection can be expected to take at once is read from the log, as fast as it goes. */
function pushable(all: readonly Joined[]): readonly Joined[] {
  const last = all.at(-1);
  const characters = all.reduce((sum, each) => sum + each.characters, 0);
  return last !== undefined && characters > PUSHED_CHARACTERS ? [emptied(last)] : all;
}

function emptied<G extends Grown>(grown: G): G {
  return { ...grown, entries: [] };
}

/** `characters`: of all that it says. */
type Joined = Grown & { readonly entries: Written[]; readonly characters: number };

function begun(growth: Grown): Joined {
  return { ...growth, entries: [...growth.entries], characters: charactersOf(growth) };
}

function fit(before: Joined, growth: Grown): boolean {
  const isShort = before.characters + charactersOf(growth) <= JOINED_CHARACTERS;
  return isShort && before.entries.length + growth.entries.length <= limits.entriesPerFrame;
}

function joined(before: Joined, growth: Grown): Joined {
  before.entries.push(...growth.entries);
  const { entries, takenAt } = before;
  const characters = before.characters + charactersOf(growth);
  return { ...(growth.counts.asOf > before.counts.asOf ? growth : before), entries, takenAt, characters };
}

function charactersOf({ entries }: Growth): number {
  let sum = 0;
  for (const { json } of entries) sum += json.length;
  return sum;
}

/** Where texts are long, joining them saves nothing, and a frame of a hundred thousand bytes costs memory that comes back late. */
const JOINED_CHARACTERS = 24_000;
/** Of what one user's log gets in one commit. */
const PUSHED_CHARACTERS = 1_000_000;

/** Whether nothing is missing among these entries, nor after them. */
function isWhole({ entries, counts }: Growth): boolean {
  const first = counts.asOf - entries.length + 1;
  return entries.every(({ seq }, n) => seq === first + n);
}
