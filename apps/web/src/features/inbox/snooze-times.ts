/** A time that a menu offers, in milliseconds since 1970. */
export type SnoozeTime = { readonly name: "laterToday" | "tomorrow" | "nextWeek"; readonly at: number };

const QUARTER = 15 * 60_000;
const LATER = 3 * 60 * 60_000;
/** The hour at which a day begins. */
const MORNING = 9;
const MONDAY = 1;

/** Until when something may well be put off, where its reader is. Late in the evening, there is no later today. */
export function snoozeTimes(now: number): readonly SnoozeTime[] {
  const later = Math.ceil((now + LATER) / QUARTER) * QUARTER;
  const isToday = new Date(later).toDateString() === new Date(now).toDateString();
  const tomorrow: SnoozeTime = { name: "tomorrow", at: morningIn(1, now) };
  const nextWeek: SnoozeTime = { name: "nextWeek", at: morningIn(daysToNextWeek(now), now) };
  return [...(isToday ? [{ name: "laterToday", at: later } as const] : []), tomorrow, nextWeek];
}

/** In so many days, in the morning: of days that a change of clocks makes longer or shorter, too. */
export function morningIn(days: number, now: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.setHours(MORNING, 0, 0, 0);
}

/** To Monday; on a Sunday, when that is tomorrow, to the one after. */
function daysToNextWeek(now: number): number {
  const days = (MONDAY + 7 - new Date(now).getDay()) % 7;
  return days > 1 ? days : days + 7;
}
