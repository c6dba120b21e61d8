import type { Language } from "./language.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago `at` was, in a few characters. Within a week; a date after that. A clock that lags says "now", never "in". */
export function ago(at: number, now: number, language: Language): string {
  const { relative, day, dayOfYear } = formats(language);
  const passed = now - at;
  if (passed < MINUTE) return relative.format(0, "second");
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), "minute");
  if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), "hour");
  if (passed < 7 * DAY) return relative.format(-Math.floor(passed / DAY), "day");
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? day : dayOfYear).format(at);
}

/** A time of day, with its day if that is not today: the weekday within six days, before or after; a date beyond that. */
export function point(at: number, now: number, language: Language): string {
  const { time, weekday, dated, datedOfYear } = formats(language);
  const [day, today] = [new Date(at), new Date(now)];
  if (day.toDateString() === today.toDateString()) return time.format(at);
  // In Chinese, a format of both writes the hour otherwise than its neighbours do.
  if (Math.abs(at - now) < 6 * DAY) return `${weekday.format(at)} ${time.format(at)}`;
  return (day.getFullYear() === today.getFullYear() ? dated : datedOfYear).format(at);
}

/** Date and time in full. */
export function moment(at: number, language: Language): string {
  return formats(language).full.format(at);
}

type Formats = {
  readonly relative: Intl.RelativeTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly dayOfYear: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly dated: Intl.DateTimeFormat;
  readonly datedOfYear: Intl.DateTimeFormat;
};

// Formats are slow to make, and one set for each language is all there can be.
const made = new Map<Language, Formats>();

function formats(language: Language): Formats {
  const known = made.get(language);
  if (known !== undefined) return known;
  const time = { hour: "numeric", minute: "2-digit" } as const;
  const date = { month: "short", day: "numeric", ...time } as const;
  const fresh = {
    relative: new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" }),
    day: new Intl.DateTimeFormat(language, { month: "short", day: "numeric" }),
    dayOfYear: new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric" }),
    full: new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" }),
    time: new Intl.DateTimeFormat(language, time),
    weekday: new Intl.DateTimeFormat(language, { weekday: "short" }),
    dated: new Intl.DateTimeFormat(language, date),
    datedOfYear: new Intl.DateTimeFormat(language, { year: "numeric", ...date }),
  };
  made.set(language, fresh);
  return fresh;
}
