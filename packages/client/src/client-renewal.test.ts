import { describe, expect, test } from "vitest";
import type { TokenNeed } from "./machine/state.ts";
import type { Line } from "./testing/line.ts";
import { afresh, Page, resumed } from "./testing/page.ts";

const HOUR_MS = 3_600_000;
/** A hub whose tokens hold for so long; the dice of the page say the middle, which is 80 % of it. */
const holding = (expiresIn: number) => ({ ...afresh(), expiresIn });

/** Lets time pass as it does, with a hub at the other end that answers pings. */
function pass(page: Page, line: Line, ms: number): void {
  for (let left = ms; left > 0; left -= 1_000) {
    page.clock.pass(Math.min(left, 1_000));
    for (const up of line.heard()) if (up.type === "ping") line.say({ type: "pong" });
  }
}

/** The next renewal that the client sends. */
async function renewal(line: Line) {
  for (;;) {
    const up = await line.hear();
    if (up.type === "renew") return up;
  }
}

describe("renewal", () => {
  test("[P17] before the token expires, the connection gets a newer one and nothing else happens", async () => {
    const page = new Page();
    page.client.start();
    const line = await page.welcomed(holding(HOUR_MS));
    pass(page, line, 0.79 * HOUR_MS);
    expect(page.asked).toEqual(["connect"]);
    pass(page, line, 0.02 * HOUR_MS);
    expect(page.asked).toEqual(["connect", "renew"]);
    expect(await renewal(line)).toEqual({ type: "renew", id: "renew", token: "token 2" });
    line.say({ type: "renewed", id: "renew", expiresIn: HOUR_MS });
    expect(page.statuses.map(({ at }) => at)).toEqual(["connecting", "online"]);
    expect([page.exchange.dialled, line.closedWith]).toEqual([1, undefined]);
  });

  test("[P17] and again, as long as the client runs", async () => {
    const page = new Page();
    page.client.start();
    const line = await page.welcomed(holding(HOUR_MS));
    for (let round = 2; round <= 5; round += 1) {
      pass(page, line, 0.81 * HOUR_MS);
      expect(await renewal(line)).toMatchObject({ token: `token ${round}` });
      line.say({ type: "renewed", id: "renew", expiresIn: HOUR_MS });
    }
    expect(page.asked).toEqual(["connect", "renew", "renew", "renew", "renew"]);
    expect(page.exchange.dialled).toBe(1);
  });

  test("[P17] clients that came together do not renew together", () => {
    const times = [0, 0.5, 0.999].map((dice) => {
      const page = new Page({ random: () => dice });
      page.client.start();
      return page.welcomed(holding(HOUR_MS)).then((line) => {
        const start = page.clock.now();
        while (page.asked.length < 2) pass(page, line, 1_000);
        return Math.round((page.clock.now() - start) / (HOUR_MS / 100));
      });
    });
    return expect(Promise.all(times)).resolves.toEqual([70, 80, 90]);
  });

  test("[P17] a token of a minute is renewed within it, though nothing is silent", async () => {
    const page = new Page();
    page.client.start();
    const line = await page.welcomed(holding(60_000));
    page.clock.pass(30_000);
    line.say({ type: "pong" });
    page.clock.pass(18_000);
    expect(page.asked).toEqual(["connect", "renew"]);
  });

  test("[P17] by the hub's word, not by the clock of this machine, which may be wrong by days", async () => {
    const page = new Page();
    page.clock.sleep(400 * 24 * HOUR_MS);
    page.client.start();
    const line = await page.welcomed(holding(HOUR_MS));
    pass(page, line, 0.79 * HOUR_MS);
    expect(page.asked).toEqual(["connect"]);
  });
});

describe("a renewal that fails", () => {
  test("[P17] is tried again while there is time, less and less far apart, and the connection stays", async () => {
    const page = new Page();
    page.client.start();
    const line = await page.welcomed(holding(HOUR_MS));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { id } = await soonest(page, line);
      line.say({ type: "refused", id, code: "tokenRefused", message: "…" });
    }
    expect(page.asked).toEqual(["connect", "renew", "renew", "renew"]);
    expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
    expect(page.refused).toEqual([]);
  });

  test("[P17] where the application has no newer token, the connection ends with its own and comes back with another", async () => {
    const asked: TokenNeed[] = [];
    const page = new Page({
      token: async (why) => {
        asked.push(why);
        if (why === "renew") throw new Error("no newer one");
        return why;
      },
    });
    page.client.start();
    const line = await page.welcomed(holding(HOUR_MS));
    pass(page, line, 0.9 * HOUR_MS);
    await Promise.resolve();
    expect(asked).toEqual(["connect", "renew", "renew"]);
    expect(page.statuses.at(-1)).toEqual({ at: "online", transport: "websocket" });
    line.hangUp(4001, "token expired");
    page.clock.pass(250);
    const next = await page.exchange.accept();
    next.open();
    expect(await next.hear()).toMatchObject({ type: "hello", token: "replace" });
  });

  test("[P17] however long it lasts, the application is asked a bounded number of times", async () => {
    let asked = 0;
    const page = new Page({
      token: async (why) => {
        asked += 1;
        return why === "renew" ? Promise.reject(new Error("no newer one")) : "t";
      },
    });
    page.client.start();
    const line = await page.welcomed(holding(HOUR_MS));
    pass(page, line, HOUR_MS);
    expect(asked).toBeLessThan(15);
  });

  test("[P17] a token that comes when the connection is gone is not sent on the next one", async () => {
    const answers: ((token: string) => void)[] = [];
    const page = new Page({
      token: (why) => (why === "renew" ? new Promise((give) => answers.push(give)) : Promise.resolve("t")),
    });
    page.client.start();
    const line = await page.welcomed(holding(60_000));
    pass(page, line, 49_000);
    expect(answers).toHaveLength(1);
    line.hangUp(1006);
    page.clock.pass(250);
    const next = await page.welcomed(resumed());
    answers[0]?.("late");
    await Promise.resolve();
    expect(next.heard()).toEqual([]);
  });
});

/** Lets time pass until the client renews. */
async function soonest(page: Page, line: Line) {
  const before = page.asked.length;
  while (page.asked.length === before) pass(page, line, 1_000);
  return renewal(line);
}
