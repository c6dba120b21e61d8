import { afterAll, beforeAll, expect, it } from "vitest";
import { draft } from "../inbox/contract/bench.ts";
import { openSqliteInbox } from "../inbox/sqlite/inbox.ts";
import { fail, temporaryPlace } from "../testing/place.ts";
import type { SocketLine } from "../testing/socket-line.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

const COUNT = 4_000;
const FRAMES = 200;
/** Where marks are free it is several hundred. */
const SMALL_MULTIPLE = 15;

let hub: TestHub;
let remove: () => Promise<void>;
beforeAll(async () => {
  const place = await temporaryPlace();
  ({ remove } = place);
  const file = `${place.path}/carillon.db`;
  const inbox = await openSqliteInbox({ file, onFatal: fail });
  for (let n = 0; n < COUNT; n += 500)
    await inbox.commit(Array.from({ length: 500 }, (_, i) => draft("100", "101", `d${n + i}`)));
  await inbox.commit(Array.from({ length: 1_200 }, (_, n) => draft("100", "103", `e${n}`)));
  await inbox.close();
  hub = await startTestHub({ CARILLON_STORE: `sqlite:${file}`, CARILLON_SENDS_PER_SECOND: "0" });
}, 60_000);
afterAll(async () => {
  await hub.close();
  await remove();
});

/** The next frame that answers a request. */
async function answer(line: SocketLine): Promise<Record<string, unknown>> {
  for (;;) {
    const frame = (await line.next()) as Record<string, unknown>;
    if (frame["type"] !== "entries") return frame;
  }
}

/** How many milliseconds this user's draft waits until it is stored. */
async function sendTime(line: SocketLine, id: string): Promise<number> {
  const start = performance.now();
  line.send({ type: "send", id, to: "somebody", text: "x" });
  expect(await answer(line)).toMatchObject({ type: "sent", id });
  return performance.now() - start;
}

it("[P51] who marks all of a long log, back and forth, is refused by what it costs; nobody else waits for it", async ({
  annotate,
}) => {
  const [other, marker] = await Promise.all([hub.tab("102"), hub.tab("101")]);
  const calm: number[] = [];
  for (let n = 0; n < 50; n++) calm.push(await sendTime(other, `calm-${n}`));

  for (let n = 0; n < FRAMES; n++)
    marker.send({ type: "mark", id: `m${n}`, mark: n % 2 === 0 ? "read" : "unread", target: { upTo: COUNT } });
  const storm: number[] = [];
  const answers: Record<string, unknown>[] = [];
  const all = (async () => {
    while (answers.length < FRAMES) answers.push(await answer(marker));
  })();
  for (let n = 0; answers.length < FRAMES; n++) storm.push(await sendTime(other, `storm-${n}`));
  await all;

  const granted = answers.filter(({ type }) => type === "done").length;
  const worst = (times: readonly number[]) => Math.max(...times);
  await annotate(`longest wait of the other: ${worst(calm).toFixed(1)} ms, meanwhile ${worst(storm).toFixed(1)} ms`);
  expect(granted).toBeGreaterThan(0);
  expect(granted).toBeLessThan(10);
  expect(answers.find(({ type }) => type === "refused")).toMatchObject({ code: "rateLimited" });
  expect(worst(storm) / worst(calm)).toBeLessThan(SMALL_MULTIPLE);
}, 60_000);

it("[P23] a mark that comes while a long log is being marked is made after it", async () => {
  const line = await hub.tab("103");
  line.send({ type: "mark", id: "m1", mark: "read", target: { upTo: 1_200 } });
  line.send({ type: "mark", id: "m2", mark: "unread", target: { seqs: [1_100] } });
  expect([await answer(line), await answer(line)]).toEqual([
    { type: "done", id: "m1" },
    { type: "done", id: "m2" },
  ]);
  const again = await hub.line();
  expect(await again.hello(await hub.token("103"))).toMatchObject({ counts: { unseen: 0, unread: 1 } });
});
