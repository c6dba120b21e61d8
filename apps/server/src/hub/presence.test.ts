import type { UserPresence } from "@carillon/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LEAVING_MS, Presence, TOGETHER_MS, type Watcher } from "./presence.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A watcher that keeps what it was told, frame by frame. */
class Ear implements Watcher {
  readonly frames: (readonly UserPresence[])[] = [];

  tell(users: readonly UserPresence[]): void {
    this.frames.push(users);
  }
}

/** Users who come and go, each with one session. */
function town(...here: readonly string[]) {
  const users = new Set(here);
  const presence = new Presence({ isHere: (uid) => users.has(uid), follow: async () => {}, forget: () => {} });
  return {
    presence,
    comes: (uid: string) => {
      users.add(uid);
      presence.arrived(uid);
    },
    goes: (uid: string) => {
      users.delete(uid);
      presence.left(uid);
    },
  };
}

const online = (uid: string) => ({ uid, online: true });
const away = (uid: string) => ({ uid, online: false });

describe("watching", () => {
  it("[P45] says at once how each user stands, each of them once", async () => {
    const { presence } = town("101");
    expect(await presence.watch(new Ear(), ["101", "102", "101"])).toEqual([online("101"), away("102")]);
  });

  it("[P45] tells who came, to everybody who watches them and to nobody else", async () => {
    const { presence, comes } = town();
    const [first, second, other] = [new Ear(), new Ear(), new Ear()];
    for (const ear of [first, second]) await presence.watch(ear, ["101"]);
    await presence.watch(other, ["102"]);
    comes("101");
    vi.advanceTimersByTime(TOGETHER_MS);
    expect([first.frames, second.frames, other.frames]).toEqual([[[online("101")]], [[online("101")]], []]);
  });

  it("[P45] another list takes the place of the former one, an empty one ends it", async () => {
    const { presence, comes, goes } = town();
    const ear = new Ear();
    await presence.watch(ear, ["101", "102"]);
    await presence.watch(ear, ["102", "103"]);
    for (const uid of ["101", "102", "103"]) comes(uid);
    vi.advanceTimersByTime(TOGETHER_MS);
    expect(ear.frames).toEqual([[online("102"), online("103")]]);
    expect(await presence.watch(ear, [])).toEqual([]);
    goes("102");
    vi.advanceTimersByTime(2 * LEAVING_MS);
    expect(ear.frames).toHaveLength(1);
  });

  it("[P45] a watcher that is gone is told nothing, and nothing is kept or timed for it", async () => {
    const { presence, comes, goes } = town("101");
    const ear = new Ear();
    await presence.watch(ear, ["101", "102"]);
    goes("101");
    presence.unwatch(ear);
    expect(vi.getTimerCount()).toBe(0);
    comes("102");
    goes("102");
    expect(vi.getTimerCount()).toBe(0);
    expect(ear.frames).toEqual([]);
  });

  it("[P45] who leaves while others stay is not told for them", async () => {
    const { presence, comes } = town();
    const [stays, leaves] = [new Ear(), new Ear()];
    for (const ear of [stays, leaves]) await presence.watch(ear, ["101"]);
    comes("101");
    presence.unwatch(leaves);
    vi.advanceTimersByTime(TOGETHER_MS);
    expect([stays.frames.length, leaves.frames.length]).toEqual([1, 0]);
  });
});

describe("coming and going", () => {
  it("[P46] of many at once is one frame", async () => {
    const uids = Array.from({ length: 50 }, (_, n) => `user${n}`);
    const { presence, comes } = town();
    const ear = new Ear();
    await presence.watch(ear, uids);
    for (const uid of uids) comes(uid);
    vi.advanceTimersByTime(TOGETHER_MS);
    expect(ear.frames).toEqual([uids.map(online)]);
  });

  it("[P46] going is told after the grace, not before", async () => {
    const { presence, goes } = town("101");
    const ear = new Ear();
    await presence.watch(ear, ["101"]);
    goes("101");
    vi.advanceTimersByTime(LEAVING_MS);
    expect(ear.frames).toEqual([]);
    vi.advanceTimersByTime(TOGETHER_MS);
    expect(ear.frames).toEqual([[away("101")]]);
  });

  it("[P46] a tab that reloads does not flicker, however often, and its grace begins anew each time", async () => {
    const { presence, comes, goes } = town("101");
    const ear = new Ear();
    await presence.watch(ear, ["101"]);
    for (let n = 0; n < 5; n++) {
      goes("101");
      vi.advanceTimersByTime(LEAVING_MS - 1);
      comes("101");
      vi.advanceTimersByTime(1_000);
    }
    expect(ear.frames).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("[P46] coming and going again before it was told is nothing", async () => {
    const { presence, comes, goes } = town();
    const ear = new Ear();
    await presence.watch(ear, ["101"]);
    comes("101");
    goes("101");
    vi.advanceTimersByTime(2 * LEAVING_MS);
    expect(ear.frames).toEqual([]);
  });

  it("[P46] who begins to watch during the grace hears what the others know", async () => {
    const { presence, goes } = town("101");
    const [early, late] = [new Ear(), new Ear()];
    await presence.watch(early, ["101"]);
    goes("101");
    vi.advanceTimersByTime(LEAVING_MS - 1);
    expect(await presence.watch(late, ["101"])).toEqual([online("101")]);
    vi.advanceTimersByTime(1 + TOGETHER_MS);
    expect([early.frames, late.frames]).toEqual([[[away("101")]], [[away("101")]]]);
  });
});
