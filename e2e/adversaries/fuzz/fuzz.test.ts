import { tutorialToken } from "@carillon/protocol/token";
import { expect, it } from "vitest";
import { tokenFor } from "../../faults/credentials.ts";
import { isLong, LIMIT_MS, size } from "../../faults/long.ts";
import { announcedSeed } from "../../faults/random.ts";
import { Guest } from "../raw/guest.ts";
import { Siege } from "../siege.ts";
import { residentBytes } from "../vitals.ts";
import { attack, type Tally } from "./attack.ts";
import { readContract } from "./contract.ts";
import type { World } from "./world.ts";

const UNITS = size(6_000, 1_000_000);
const AT_ONCE = size(20, 100);
const TUTORIAL_KEY = "a-key-of-the-dialect";
const API_SECRET = "a-secret-of-a-backend-that-nobody-else-has";

it(
  `[P3] ${UNITS} frames and requests that dice made and mangled: no crash, no leak, nothing lost`,
  { timeout: size(LIMIT_MS, 4 * LIMIT_MS) },
  async () => {
    const seed = announcedSeed("fuzzer");
    await using siege = await Siege.begin({
      CARILLON_TUTORIAL_KEY: TUTORIAL_KEY,
      CARILLON_API_KEYS: `fuzzer:${API_SECRET}`,
      CARILLON_API_RATE: "10000000",
    });
    const { hub, port, fall } = siege;
    const options = { seed, port, fall, world: await worldOf(port), atOnce: AT_ONCE };

    // The same load without malice first, so that the witnesses feel nothing but the malice, and memory has found its level.
    const calm = await siege.during("calm", () => attack({ ...options, malice: false, from: 0, units: UNITS / 4 }));
    await siege.released();
    const before = residentBytes(hub.pid);
    const wild = await siege.during("attack", () =>
      attack({ ...options, malice: true, from: CALM_LIVES, units: UNITS }),
    );
    await siege.released();
    const after = residentBytes(hub.pid);

    for (const [name, tally] of [
      ["calm", calm],
      ["wild", wild],
    ] as const)
      console.log(`fuzzer, ${name}: ${sentence(tally)}`);
    console.log(`fuzzer: the hub holds ${mebibytes(before)} MiB before, ${mebibytes(after)} MiB after`);
    expect([calm.kept, wild.kept]).toEqual([[], []]);
    // Requests of backends and messages of streams were understood, and none met a fault of the hub's own.
    expect([wild.statuses.has(200), wild.statuses.has(202)]).toEqual([true, true]);
    expect([calm.statuses.has(500), wild.statuses.has(500)]).toEqual([false, false]);
    // A short run is over before memory has found its level.
    if (isLong) expect(after).toBeLessThan(before * 1.5);
    await siege.lift("the fuzzer");
  },
);

/** Numbers of lives without malice are below this, so that the others can be had again one by one. */
const CALM_LIVES = 1_000_000;
/** So many that no log grows out of all proportion in a long run. */
const USERS = size(40, 2_000);

async function worldOf(port: number): Promise<World> {
  const uids = ["__proto__", "../*", "é", "👩‍👩‍👧‍👦", ...Array.from({ length: USERS - 4 }, (_, n) => `fuzz-${n}`)];
  using guest = await Guest.as("fuzz-0", port);
  const users = uids.map(async (uid) => ({
    uid,
    token: await tokenFor(uid),
    tutorialToken: tutorialToken(uid, TUTORIAL_KEY),
  }));
  const { epoch } = guest.welcome.position;
  return { users: await Promise.all(users), epoch, apiSecret: API_SECRET, contract: await readContract(port) };
}

function sentence({ lives, units, bytes, statuses }: Tally): string {
  const answers = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
  return `${units} frames and requests in ${lives} lives, ${mebibytes(bytes)} MiB; answered ${answers.join(", ")}`;
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
