import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { localBus } from "../bus/local.ts";
import { alone } from "./alone.ts";
import { PROBE_UID } from "./own.ts";
import { type Bus, InboxUnavailable, type Listener, type News, type Places } from "./ports.ts";
import { Roster } from "./roster.ts";
import { Whereabouts } from "./whereabouts.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Places that write down what they are told, and can be away. */
function setting(areAlone = false) {
  const roster = new Roster();
  const puts: (readonly [uid: string, connections: number])[] = [];
  const told: News[] = [];
  const redis = { isAway: false };
  const places: Places = {
    ...alone(),
    areAlone,
    placeMs: 3_000,
    put: async (uid, connections) => {
      if (redis.isAway) throw new InboxUnavailable("away", 100);
      puts.push([uid, connections]);
      return new Map([["another", 2]]);
    },
  };
  const bus: Bus = { ...localBus(), tell: (news) => void told.push(news) };
  const whereabouts = new Whereabouts({ roster, places, bus });
  const session = (uid: string): Listener => ({
    uid,
    bearing: undefined,
    isMeant: () => false,
    ring: () => {},
    ask: () => {},
    hangUp: () => {},
  });
  const comes = async (uid: string) => {
    const tab = session(uid);
    roster.join(tab);
    const elsewhere = await whereabouts.came(uid);
    return { tab, elsewhere };
  };
  const goes = async (tab: Listener) => {
    roster.leave(tab);
    await whereabouts.left(tab.uid);
  };
  return { whereabouts, redis, puts, told, comes, goes };
}

const place = (uid: string, isHere: boolean): News => ({ of: "place", uid, isHere });

describe("telling the other hubs who is here", () => {
  it("[P46] says how many there are at each change, and tells of the first and the last alone", async () => {
    const { comes, goes, puts, told } = setting();
    const first = await comes("101");
    const second = await comes("101");
    await goes(first.tab);
    await goes(second.tab);
    expect(puts).toEqual([
      ["101", 1],
      ["101", 2],
      ["101", 1],
      ["101", 0],
    ]);
    expect(told).toEqual([place("101", true), place("101", false)]);
    expect(first.elsewhere).toBe(2);
  });

  it("[P46] who left while nobody could be told is told of when that is possible, as it is then", async () => {
    const { comes, goes, puts, told, redis } = setting();
    const [gone, back] = [await comes("101"), await comes("102")];
    redis.isAway = true;
    await Promise.all([goes(gone.tab), goes(back.tab)]);
    await expect(comes("103")).rejects.toThrow(InboxUnavailable);
    puts.length = told.length = 0;
    redis.isAway = false;
    await comes("102");
    await vi.advanceTimersByTimeAsync(200);
    expect(puts).toEqual([
      ["102", 1],
      ["101", 0],
      ["102", 1],
    ]);
    expect(told).toEqual([place("101", false)]);
  });

  it("[P46] says all again now and then, and tells of all again where it may be forgotten", async () => {
    const { comes, puts, told, whereabouts } = setting();
    await comes("101");
    puts.length = told.length = 0;
    await vi.advanceTimersByTimeAsync(1_000);
    expect([puts, told]).toEqual([[["101", 1]], []]);
    await whereabouts.putAll();
    expect(told).toEqual([place("101", true)]);
  });

  it("[P46] who left while it was lost is told to be gone, for others may have found what was there before", async () => {
    const { comes, goes, told, redis, whereabouts } = setting();
    const { tab } = await comes("101");
    redis.isAway = true;
    await goes(tab);
    const said = whereabouts.putAll();
    redis.isAway = false;
    await vi.advanceTimersByTimeAsync(200);
    await said;
    expect(told.at(-1)).toEqual(place("101", false));
  });

  it("owes nothing once it is closed, and has no timer", async () => {
    const { comes, goes, redis, whereabouts } = setting();
    const { tab } = await comes("101");
    redis.isAway = true;
    await goes(tab);
    whereabouts.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says nothing where there is no other hub", async () => {
    const { comes, goes, puts, told } = setting(true);
    const { tab } = await comes("101");
    await goes(tab);
    expect([puts, told]).toEqual([[], []]);
  });

  it("says nothing of the hub's own ear", async () => {
    const { puts, whereabouts } = setting();
    await whereabouts.left(PROBE_UID);
    expect(puts).toEqual([]);
  });
});
