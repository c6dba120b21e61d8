import { describe, expect, it } from "vitest";
import { alone } from "./alone.ts";
import { ElsewhereOf } from "./elsewhere.ts";
import { type Elsewhere, InboxUnavailable, type Places } from "./ports.ts";

/** Places whose answers wait until they are given. */
function setting(...there: readonly string[]) {
  const hubs = new Set(there);
  const asked: PromiseWithResolvers<Elsewhere>[] = [];
  const changes: (readonly [uid: string, isElsewhere: boolean])[] = [];
  const places: Places = {
    ...alone(),
    isThere: (hub) => hubs.has(hub),
    where: () => {
      const answer = Promise.withResolvers<Elsewhere>();
      asked.push(answer);
      return answer.promise;
    },
  };
  const elsewhere = new ElsewhereOf(places, (uid, isElsewhere) => changes.push([uid, isElsewhere]));
  /** Answers the oldest question that is open, once there is one. */
  const answer = async (...at: readonly string[]) => {
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    asked.shift()?.resolve(new Map(at.map((hub) => [hub, 1])));
  };
  return { elsewhere, hubs, asked, changes, answer };
}

describe("where else a user is", () => {
  it("[P46] is asked once, and kept by what the hubs tell", async () => {
    const { elsewhere, asked, changes, answer } = setting("a", "b");
    const known = [elsewhere.follow("101"), elsewhere.follow("101")];
    await answer("a");
    await Promise.all(known);
    expect(elsewhere.isElsewhere("101")).toBe(true);
    elsewhere.hear("101", "b", true);
    elsewhere.hear("101", "a", false);
    expect(elsewhere.isElsewhere("101")).toBe(true);
    elsewhere.hear("101", "b", false);
    expect(elsewhere.isElsewhere("101")).toBe(false);
    expect([asked.length, changes]).toEqual([
      0,
      [
        ["101", true],
        ["101", false],
      ],
    ]);
  });

  it("[P46] news that come before the answer are newer than it: it is asked for again", async () => {
    const { elsewhere, answer } = setting("a");
    const known = elsewhere.follow("101");
    elsewhere.hear("101", "a", false);
    await answer("a");
    await answer();
    await known;
    expect(elsewhere.isElsewhere("101")).toBe(false);
  });

  it("[P46] two doubts at once end, each with its answer", async () => {
    const { elsewhere, answer, asked } = setting("a");
    const known = elsewhere.follow("101");
    await answer("a");
    await known;
    const looks = Promise.all([elsewhere.look(() => true), elsewhere.look(() => true)]);
    await answer("a");
    await answer();
    await looks;
    expect([elsewhere.isElsewhere("101"), asked.length]).toEqual([false, 0]);
  });

  it("[P46] a hub that is gone has nobody, whatever can be asked", async () => {
    const { elsewhere, hubs, asked, changes, answer } = setting("a");
    const known = elsewhere.follow("101");
    await answer("a");
    await known;
    hubs.delete("a");
    const looked = elsewhere.look(() => true);
    expect([elsewhere.isElsewhere("101"), changes.at(-1)]).toEqual([false, ["101", false]]);
    asked.shift()?.reject(new InboxUnavailable("away"));
    await looked;
    expect(elsewhere.isElsewhere("101")).toBe(false);
  });

  it("who is not followed takes no room, and an answer that comes too late none either", async () => {
    const { elsewhere, changes, answer } = setting("a");
    elsewhere.hear("102", "a", true);
    const known = elsewhere.follow("101");
    elsewhere.forget("101");
    await answer("a");
    await known;
    expect([elsewhere.size, changes, elsewhere.isElsewhere("101")]).toEqual([0, [], false]);
  });
});
