import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { InboxUnavailable } from "./ports.ts";
import { onceServed, someAtATime } from "./repair.ts";

describe("something for each of many", () => {
  it("is done for each once, for no more than a hundred at once, and in their order", async () => {
    const items = Array.from({ length: 250 }, (_, n) => n);
    const done: number[] = [];
    let [now, most] = [0, 0];
    await someAtATime(items, async (item) => {
      most = Math.max(most, (now += 1));
      done.push(item);
      await new Promise(setImmediate);
      now -= 1;
    });
    expect([done, most]).toEqual([items, 100]);
  });

  it("rejects if it cannot be done for one", async () => {
    await expect(someAtATime([1], () => Promise.reject(new Error("a bug")))).rejects.toThrow("a bug");
  });
});

describe("a question to the store", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("waits as long as the store asks for, and is answered when it can be", async () => {
    let isAway = true;
    const ask = vi.fn(async () => {
      if (isAway) throw new InboxUnavailable("away", 300);
      return "here";
    });
    const answer = onceServed(ask, () => true);
    await vi.advanceTimersByTimeAsync(299);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(ask).toHaveBeenCalledTimes(2);
    isAway = false;
    await vi.advanceTimersByTimeAsync(300);
    expect(await answer).toBe("here");
  });

  it("ends once nobody wants to know any more", async () => {
    let isWanted = true;
    const ask = vi.fn(() => Promise.reject(new InboxUnavailable("away", 300)));
    const answer = onceServed(ask, () => isWanted);
    await vi.advanceTimersByTimeAsync(0);
    isWanted = false;
    await vi.advanceTimersByTimeAsync(300);
    expect([await answer, ask.mock.calls.length]).toEqual([undefined, 1]);
  });

  it("whatever else goes wrong is a bug, and thrown", async () => {
    const ask = () => Promise.reject(new Error("a bug"));
    await expect(onceServed(ask, () => true)).rejects.toThrow("a bug");
  });
});
