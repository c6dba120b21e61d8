import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANSWER_MS, Deputies } from "./deputies.ts";
import type { Listener } from "./ports.ts";
import { Roster } from "./roster.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A session that keeps how often it was asked for what another was to acknowledge. */
class Tab implements Listener {
  readonly uid: string;
  readonly bearing = undefined;
  asked = 0;

  constructor(uid: string) {
    this.uid = uid;
  }

  ask(): void {
    this.asked += 1;
  }

  isMeant(): boolean {
    return false;
  }

  ring(): void {}
  hangUp(): void {}
}

/** A user with so many tabs. */
function user(count: number, uid = "101") {
  const roster = new Roster();
  const deputies = new Deputies(roster);
  const tabs = Array.from({ length: count }, () => new Tab(uid));
  for (const tab of tabs) roster.join(tab);
  const leave = (tab: Tab) => {
    deputies.leaving(tab);
    roster.leave(tab);
  };
  /** Everybody gets a notification; whether each has to acknowledge it. */
  const delivered = (seq: number) => tabs.map((tab) => deputies.isAsked(tab, seq));
  const acknowledged = (n: number, seq: number) => {
    const audience = roster.audience(uid);
    if (audience !== undefined) audience.acked = seq;
    deputies.acknowledged(tabs[n] ?? new Tab(uid), seq);
  };
  return { roster, deputies, tabs, leave, delivered, acknowledged, asked: () => tabs.map(({ asked }) => asked) };
}

describe("one of several sessions acknowledges for all", () => {
  it("[P57] the first to acknowledge something new does so from then on", () => {
    const { delivered, acknowledged } = user(3);
    expect(delivered(1)).toEqual([true, true, true]);
    acknowledged(1, 1);
    expect(delivered(2)).toEqual([false, true, false]);
    acknowledged(1, 2);
    expect(delivered(3)).toEqual([false, true, false]);
  });

  it("[P57] one that acknowledges before it, unasked, takes its place", () => {
    const { delivered, acknowledged } = user(2);
    acknowledged(0, 1);
    delivered(2);
    acknowledged(1, 2);
    expect(delivered(3)).toEqual([false, true]);
  });

  it("[P57] a session that is alone is asked, whoever was there before", () => {
    const { tabs, leave, delivered, acknowledged, deputies } = user(2);
    const [first = new Tab(""), second = new Tab("")] = tabs;
    acknowledged(0, 1);
    leave(second);
    expect(deputies.isAsked(first, 2)).toBe(true);
    const alone = user(1);
    alone.acknowledged(0, 1);
    expect([alone.delivered(2), alone.roster.audience("101")?.deputy]).toEqual([[true], undefined]);
    expect(delivered(3)).toEqual([true, false]);
  });
});

describe("a deputy that does not answer", () => {
  it("[P57] silent for so long, the others are asked once, and each is from then on", () => {
    const { delivered, acknowledged, asked } = user(3);
    acknowledged(0, 1);
    delivered(2);
    vi.advanceTimersByTime(ANSWER_MS - 1);
    expect(asked()).toEqual([0, 0, 0]);
    vi.advanceTimersByTime(2);
    expect(asked()).toEqual([0, 1, 1]);
    expect(delivered(3)).toEqual([true, true, true]);
    vi.advanceTimersByTime(10 * ANSWER_MS);
    expect(asked()).toEqual([0, 1, 1]);
    acknowledged(2, 3);
    expect(delivered(4)).toEqual([false, false, true]);
  });

  it("[P57] more that comes meanwhile puts that off no longer", () => {
    const { delivered, acknowledged, asked } = user(2);
    acknowledged(0, 1);
    delivered(2);
    vi.advanceTimersByTime(ANSWER_MS - 100);
    delivered(3);
    vi.advanceTimersByTime(101);
    expect(asked()).toEqual([0, 1]);
  });

  it("[P57] one that answers one after the other is not silent", () => {
    const { delivered, acknowledged, asked } = user(2);
    acknowledged(0, 1);
    for (const seq of [2, 3, 4]) delivered(seq);
    for (const seq of [2, 3]) {
      vi.advanceTimersByTime(ANSWER_MS - 100);
      acknowledged(0, seq);
    }
    vi.advanceTimersByTime(ANSWER_MS - 100);
    expect(asked()).toEqual([0, 0]);
    vi.advanceTimersByTime(200);
    expect(asked()).toEqual([0, 1]);
  });

  it("[P57] another's acknowledgement of something older does not answer for it", () => {
    const { delivered, acknowledged, asked } = user(3);
    acknowledged(0, 1);
    for (const seq of [2, 3]) delivered(seq);
    vi.advanceTimersByTime(ANSWER_MS - 100);
    acknowledged(1, 2);
    vi.advanceTimersByTime(200);
    expect(asked()).toEqual([0, 1, 1]);
  });

  it("[P57] gone, the others are asked at once; one that owes nothing goes without a word", () => {
    const { tabs, leave, delivered, acknowledged, asked } = user(3);
    const [first = new Tab(""), second = new Tab("")] = tabs;
    acknowledged(0, 1);
    delivered(2);
    leave(first);
    expect(asked()).toEqual([0, 1, 1]);
    acknowledged(1, 2);
    leave(second);
    expect(asked()).toEqual([0, 1, 1]);
    expect(delivered(3)[2]).toBe(true);
  });

  it("[P57] what was acknowledged already is owed by nobody", () => {
    const { tabs, leave, deputies, acknowledged, asked } = user(2);
    const [first = new Tab(""), late = new Tab("")] = tabs;
    acknowledged(0, 5);
    expect(deputies.isAsked(late, 4)).toBe(false); // It was away, and catches up.
    leave(first);
    expect(asked()).toEqual([0, 0]);
  });

  it("[P57] each user waits by itself, by one timer, which ends when nobody is owed anything", () => {
    const roster = new Roster();
    const deputies = new Deputies(roster);
    const users = ["101", "102", "103"].map((uid) => [new Tab(uid), new Tab(uid)] as const);
    for (const [n, [deputy, other]] of users.entries()) {
      for (const tab of [deputy, other]) roster.join(tab);
      deputies.acknowledged(deputy, 1);
      deputies.isAsked(other, 2);
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(n === 2 ? 0 : 100);
    }
    const [, second] = users;
    if (second !== undefined) deputies.acknowledged(second[0], 2);
    vi.advanceTimersByTime(ANSWER_MS + 1);
    expect(users.map(([, other]) => other.asked)).toEqual([1, 0, 1]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
