import { Close, type Counts, type Entry, limits } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import { localBus } from "../bus/local.ts";
import { grantOf, noRevocations } from "../testing/grants.ts";
import { MemoryLine } from "../testing/memory-line.ts";
import { Hub } from "./hub.ts";
import { type Meter, silentMeter } from "./meter.ts";
import { type Growth, type Inbox, InboxUnavailable } from "./ports.ts";
import { Session, startOf } from "./session.ts";
import { written } from "./written.ts";

const EPOCH = "epoch";

/** A log of one user whose reads the test holds. */
class HeldLog {
  head: number;
  oldest = 1;
  reads = 0;
  epoch = EPOCH;
  #gate: Promise<void> = Promise.resolve();

  constructor(head: number) {
    this.head = head;
  }

  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  /** Only what a session asks of an inbox. */
  get inbox(): Inbox {
    return {
      commit: unexpected,
      page: unexpected,
      drafts: unexpected,
      close: async () => {},
      open: async (_uid, start) => {
        const seq = start.from === "position" ? start.position.seq : this.head;
        return { position: { epoch: EPOCH, seq }, head: this.head, counts: counts(this.head) };
      },
      read: async (_uid, after, limit) => {
        this.reads++;
        await this.#gate;
        return { ...grown(Math.max(after + 1, this.oldest), Math.min(after + limit, this.head)), epoch: this.epoch };
      },
    };
  }
}

async function sessionOn(log: HeldLog, seq: number, meter: Meter = silentMeter) {
  const line = new MemoryLine();
  const hub = new Hub({
    inbox: log.inbox,
    revocations: noRevocations,
    bus: localBus(),
    connections: "all",
    now: () => 1,
    meter,
  });
  const session = new Session(hub, "session", grantOf("101"), line);
  await session.open(startOf({ epoch: EPOCH, seq }));
  return { line, session };
}

describe("a session is a cursor", () => {
  it("[P8] gets what it missed page by page, then live, contiguous", async () => {
    const log = new HeldLog(limits.entriesPerFrame * 2 + 5);
    const { line, session } = await sessionOn(log, 0);
    session.follow();
    await line.received(log.head);
    log.head++;
    session.ring(log.head, EPOCH, grown(log.head, log.head));
    await line.received(log.head);
    expect(seqs(line)).toEqual(range(1, log.head));
    expect(log.reads).toBe(3);
  });

  it("[P9] a gap is repaired from the log, and told to those who measure; a late ring is none", async () => {
    const log = new HeldLog(1);
    let gaps = 0;
    const { line, session } = await sessionOn(log, 1, { ...silentMeter, gapFound: () => void (gaps += 1) });
    session.follow();
    log.head = 3;
    session.ring(3, EPOCH, grown(3, 3)); // Entry 2 was never rung for.
    expect(seqs(line).length).toBe(0);
    await line.received(2);
    session.ring(3, EPOCH, grown(2, 2));
    session.ring(3);
    expect([seqs(line), gaps]).toEqual([[2, 3], 1]);
  });

  it("[P7] what is appended while it catches up is read from the log, not pushed ahead", async () => {
    const log = new HeldLog(3);
    const release = log.hold();
    const { line, session } = await sessionOn(log, 0);
    session.follow();
    log.head = 5;
    session.ring(4, EPOCH, grown(4, 4));
    session.ring(5, EPOCH, grown(5, 5));
    expect(line.entries).toEqual([]);
    release();
    await line.received(5);
    expect(seqs(line)).toEqual([1, 2, 3, 4, 5]);
  });

  it("[P7] what is appended between opening and following is not lost", async () => {
    const log = new HeldLog(0);
    const { line, session } = await sessionOn(log, 0);
    log.head = 2;
    session.ring(2);
    session.follow();
    await line.received(2);
    expect(seqs(line)).toEqual([1, 2]);
  });

  it("[P8] nothing is delivered before the line was told where it stands, also when it is at hand", async () => {
    const log = new HeldLog(0);
    const { line, session } = await sessionOn(log, 0);
    log.head = 1;
    session.ring(1, EPOCH, grown(1, 1));
    expect(line.entries).toEqual([]);
    session.follow();
    await line.received(1);
    expect(seqs(line)).toEqual([1]);
  });

  it("[P9] a lost ring is repaired by the next one", async () => {
    const log = new HeldLog(0);
    const { line, session } = await sessionOn(log, 0);
    session.follow();
    log.head = 3;
    session.ring(3, EPOCH, grown(3, 3));
    await line.received(3);
    expect(seqs(line)).toEqual([1, 2, 3]);
  });

  it("[P7] a ring that comes twice or late delivers nothing again", async () => {
    const log = new HeldLog(0);
    const { line, session } = await sessionOn(log, 0);
    session.follow();
    log.head = 2;
    session.ring(1, EPOCH, grown(1, 1));
    session.ring(1, EPOCH, grown(1, 1));
    session.ring(2, EPOCH, grown(2, 2));
    session.ring(1, EPOCH, grown(1, 1));
    expect(seqs(line)).toEqual([1, 2]);
    expect(log.reads).toBe(0);
  });

  it("[P30] waits for its line to drain before it reads another page", async () => {
    const log = new HeldLog(limits.entriesPerFrame * 3);
    const { line, session } = await sessionOn(log, 0);
    line.stall();
    session.follow();
    expect(log.reads).toBe(0);
    line.drain();
    await line.received(log.head);
    expect(log.reads).toBe(3);
  });

  it("[P30] what grows by more than a frame at once is read page by page too", async () => {
    const log = new HeldLog(0);
    const { line, session } = await sessionOn(log, 0);
    session.follow();
    log.head = limits.entriesPerFrame + 1;
    session.ring(log.head, EPOCH, grown(1, log.head));
    await line.received(log.head);
    expect(seqs(line)).toEqual(range(1, log.head));
    expect(log.reads).toBe(2);
  });

  it("[P9] hangs up, to be resumed or shown a snapshot, when the log cannot continue where it stands", async () => {
    const log = new HeldLog(10);
    log.oldest = 5;
    const { line, session } = await sessionOn(log, 2);
    session.follow();
    expect(await line.hungUp()).toEqual(Close.unavailable);
    expect(line.entries).toEqual([]);
  });

  it("[P21] hangs up for a while when the log cannot be read", async () => {
    const log = new HeldLog(3);
    const line = new MemoryLine();
    const inbox = { ...log.inbox, read: async () => Promise.reject(new InboxUnavailable("gone")) };
    const session = new Session(
      new Hub({ inbox, revocations: noRevocations, bus: localBus(), connections: "all", now: () => 1 }),
      "s",
      grantOf("101"),
      line,
    );
    await session.open(startOf({ epoch: EPOCH, seq: 0 }));
    session.follow();
    expect(await line.hungUp()).toEqual(Close.unavailable);
  });

  it("[P29] a ring of another incarnation is none of its entries: it comes back for a snapshot", async () => {
    const { line, session } = await sessionOn(new HeldLog(3), 3);
    session.follow();
    session.ring(4, "another", grown(4, 4));
    expect(await line.hungUp()).toEqual(Close.unavailable);
    expect(line.entries).toEqual([]);
  });

  it("[P29] nor is a lower head, which else would be old news", async () => {
    const { line, session } = await sessionOn(new HeldLog(3), 3);
    session.follow();
    session.ring(1, "another");
    expect(await line.hungUp()).toEqual(Close.unavailable);
  });

  it("[P29] nor what is read while it catches up", async () => {
    const log = new HeldLog(3);
    const { line, session } = await sessionOn(log, 0);
    log.epoch = "another";
    session.follow();
    expect(await line.hungUp()).toEqual(Close.unavailable);
    expect(line.entries).toEqual([]);
  });

  it("delivers nothing once it has ended, also when a page arrives afterwards", async () => {
    const log = new HeldLog(3);
    const release = log.hold();
    const { line, session } = await sessionOn(log, 0);
    session.follow();
    session.end();
    release();
    await log.inbox.read("101", 0, 1);
    session.ring(4, EPOCH, grown(4, 4));
    expect(line.entries).toEqual([]);
  });
});

function grown(first: number, last: number): Growth {
  return { uid: "101", entries: entries(first, last).map(written), counts: counts(last) };
}

function counts(asOf: number): Counts {
  return { unseen: asOf, unread: asOf, asOf };
}

function entries(first: number, last: number): Entry[] {
  return range(first, last).map((seq) => ({ kind: "notification", seq, id: `d${seq}`, from: "100", text: "…", at: 1 }));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
}

function seqs(line: MemoryLine): number[] {
  return line.entries.map(({ seq }) => seq);
}

function unexpected(): never {
  throw new Error("The session appends nothing by itself.");
}
