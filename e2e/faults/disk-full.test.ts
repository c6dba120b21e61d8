import { spawnSync } from "node:child_process";
import { mkdirSync, statfsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Conditions, HubProcess } from "./hub-process.ts";
import { nameOf } from "./ledger.ts";
import { Line } from "./line.ts";
import { LIMIT_MS } from "./long.ts";
import { LOOP_MS, LoopWatch, PROMISED_MS, sentence, slowest } from "./loop-watch.ts";
import { temporaryPlace } from "./place.ts";
import { becomes, readiness } from "./readiness.ts";
import { brokenLogs, readStore } from "./store.ts";

/** A disk with little room: how a hub is put on it, and how room is made while it runs. */
type SmallDisk = AsyncDisposable & {
  readonly folder: string;
  readonly conditions: Conditions;
  readonly makeRoom: (hub: HubProcess) => Promise<void>;
};

const canLimit = spawnSync("prlimit", ["--version"]).status === 0;
const canMount = await withTmpfs(() => true).catch(() => false);
if (!canLimit) console.warn("Skipped: a full disk by ulimit -f needs prlimit (util-linux) to make room again.");
if (!canMount) console.warn("Skipped: a full disk by tmpfs needs the right to mount.");

describe("a full disk", { timeout: LIMIT_MS }, () => {
  it.skipIf(!canLimit)("[P11] by ulimit -f: refused, not lost; who reads goes on; room ends it without a restart", () =>
    fillsUp(limitedFiles),
  );
  it.skipIf(!canMount)(
    "[P11] by a small tmpfs: refused, not lost; who reads goes on; room ends it without a restart",
    () => fillsUp(smallTmpfs),
  );
});

async function fillsUp(diskIn: (folder: string) => Promise<SmallDisk>): Promise<void> {
  await using place = await temporaryPlace();
  await using disk = await diskIn(place.path);
  const store = join(disk.folder, "carillon.db");
  await using hub = await HubProcess.start(store, disk.conditions);
  using author = await Line.to(hub.port, "100");
  using target = await Line.to(hub.port, "101");
  using idle = await Line.to(hub.port, "102");
  expect(await readiness(hub.port)).toEqual({ status: 200, code: undefined });
  const loop = await LoopWatch.on(hub.port);

  const { acknowledged, refused } = await fill(author);
  await becomes(hub.port, { status: 503, code: "storeUnavailable" });
  await target.has(acknowledged.length);
  expect(target.entries.map(({ seq }) => seq)).toEqual(acknowledged.map((_id, n) => n + 1));
  target.ack(1); // For a receipt there may or may not be room; what is not stored, the next acknowledgement says again.
  await target.ping();
  using other = await Line.to(hub.port, "101");
  expect(other.welcome).toMatchObject({ recovered: false, head: acknowledged.length });
  expect([author.isClosed, target.isClosed]).toEqual([false, false]);
  await othersGoOn(hub.port, idle, author, acknowledged.length);
  const delay = await loop.read();
  console.log(`full disk: ${sentence(delay)}`);
  expect(delay.most).toBeLessThanOrEqual(LOOP_MS);

  await disk.makeRoom(hub);
  await becomes(hub.port, { status: 200, code: undefined });
  for (const id of refused) {
    const answer = await author.send(draft(id));
    expect(answer).toMatchObject({ type: "sent", id });
    expect(answer).not.toHaveProperty("duplicate");
  }
  const all = [...acknowledged, ...refused];
  await target.has(all.length);
  expect(target.entries.map((entry) => entry.kind === "notification" && entry.id)).toEqual(all);
  target.ack(all.length);
  await author.receipts(all.length);
  const delivered = author.entries.flatMap((entry) => (entry.kind === "receipt" ? entry.ids : []));
  expect(delivered).toEqual(all);

  expect((await hub.stop()).code).toBe(0);
  const { integrity, drafts, ...left } = await readStore(store);
  expect([integrity, brokenLogs({ integrity, drafts, ...left })]).toEqual(["ok", []]);
  expect(new Set(drafts.keys())).toEqual(new Set(all.map((id) => nameOf("100", id))));
}

/** While every write is refused, pings are answered, and who comes reads the whole log. */
async function othersGoOn(port: number, idle: Line, author: Line, head: number): Promise<void> {
  const pings: number[] = [];
  const reads: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const [ping, refusal] = await Promise.all([idle.ping(), author.send(draft(`full-${n}`))]);
    expect(refusal).toMatchObject({ type: "refused", code: "unavailable" });
    pings.push(ping);
    const asked = performance.now();
    using reader = await Line.to(port, "101");
    reads.push(performance.now() - asked);
    expect(reader.welcome.head).toBe(head);
  }
  console.log(`full disk: ${slowest("ping", pings)}, ${slowest("new session", reads)}`);
  expect(Math.max(...pings)).toBeLessThan(PROMISED_MS);
}

/** Sends until several in a row are refused. */
async function fill(author: Line): Promise<{ acknowledged: string[]; refused: string[] }> {
  const acknowledged: string[] = [];
  const refused: string[] = [];
  for (let n = 0; refused.length < 3; n += 1) {
    if (n === 5_000) throw new Error("The disk does not fill up.");
    const answer = await author.send(draft(`d${n}`));
    if (answer.type === "sent") {
      expect(refused, "room came from nowhere").toEqual([]);
      acknowledged.push(answer.id);
      continue;
    }
    expect(answer).toMatchObject({ code: "unavailable", retryAfter: expect.any(Number) });
    refused.push(answer.id);
  }
  return { acknowledged, refused };
}

/** No file may grow past 2 MB or so (a block has 512 bytes in some shells, 1,024 in others). */
function limitedFiles(folder: string): Promise<SmallDisk> {
  return Promise.resolve({
    folder,
    conditions: { under: ["sh", "-c", 'ulimit -S -f 3000; exec "$@"', "sh"] },
    makeRoom: async (hub) => {
      const { status, stderr } = spawnSync("prlimit", ["--pid", String(hub.pid), "--fsize=unlimited:"]);
      if (status !== 0) throw new Error(String(stderr));
    },
    [Symbol.asyncDispose]: async () => {},
  });
}

/** A file system of 8 MB, with a ballast that leaves 3. */
async function smallTmpfs(folder: string): Promise<SmallDisk> {
  const at = join(folder, "disk");
  mount(at);
  const ballast = join(at, "ballast");
  await writeFile(ballast, Buffer.alloc(statfsSync(at).bsize * statfsSync(at).bavail - 3_000_000));
  return {
    folder: at,
    conditions: {},
    makeRoom: () => rm(ballast),
    [Symbol.asyncDispose]: async () => unmount(at),
  };
}

async function withTmpfs<T>(act: () => T): Promise<T> {
  await using place = await temporaryPlace();
  const at = join(place.path, "disk");
  mount(at);
  try {
    return act();
  } finally {
    unmount(at);
  }
}

function mount(at: string): void {
  mkdirSync(at);
  const { status, stderr, error } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", at]);
  if (status !== 0) throw error ?? new Error(String(stderr));
}

function unmount(at: string): void {
  spawnSync("umount", ["-l", at]);
}

function draft(id: string) {
  return { id, to: "101", text: `${id} `.padEnd(4_000, "x") };
}
