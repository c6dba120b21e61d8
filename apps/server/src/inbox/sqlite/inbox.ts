import { on, once } from "node:events";
import { Worker } from "node:worker_threads";
import type { HistoryKind, Seq } from "@carillon/protocol";
import { type Meter, silentMeter } from "../../hub/meter.ts";
import {
  type Bearing,
  type Change,
  type History,
  type Inbox,
  InboxUnavailable,
  type OutcomeOf,
  type Pages,
  type Revocation,
  type Revocations,
  type Standing,
  type Start,
} from "../../hub/ports.ts";
import type { Answer, Finding, Read, Reply, Request, Results, WorkerData, Write } from "./calls.ts";
import { Questions } from "./questions.ts";

export type SqliteInboxOptions = {
  /** Made if it is missing. */
  readonly file: string;
  /** Called when the database's thread has died of a bug: nothing can be stored any more. */
  readonly onFatal: (error: unknown) => void;
  /** Called with what the operator should know though the store goes on, also before this is open; default: nobody is told. */
  readonly onFinding?: (finding: Finding) => void;
  /** Milliseconds that a commit waits for another process's lock before it is refused; default 5,000. */
  readonly patience?: number;
  /** Entries that a user's log holds, give or take a tenth; default 10,000. */
  readonly mostEntries?: number;
  /** Entries that an application's log holds; default 1,000,000. */
  readonly mostApplicationEntries?: number;
  /** Default: nobody measures. */
  readonly meter?: Meter;
};

/** The embedded log, the revocations beside it, and how many changes wait for its next commit. */
export type EmbeddedInbox = Inbox & Revocations & { readonly waiting: number };

/** Opens the embedded log. Rejects with what the operator has to know. */
export async function openSqliteInbox(options: SqliteInboxOptions): Promise<EmbeddedInbox> {
  const { file, onFatal, onFinding, patience = 5_000, meter = silentMeter } = options;
  const bounds = { user: options.mostEntries ?? 10_000, application: options.mostApplicationEntries ?? 1_000_000 };
  const worker = new Worker(new URL("worker.ts", import.meta.url), {
    workerData: { file, patience, bounds } satisfies WorkerData,
  });
  worker.on("message", (reply: Reply) => (reply.kind === "finding" ? onFinding?.(reply.finding) : undefined));
  await ready(worker);
  worker.on("error", onFatal);
  return new SqliteInbox(worker, meter);
}

/** Rejects with the worker's error if it dies first. */
async function ready(worker: Worker): Promise<void> {
  for await (const [reply] of on(worker, "message") as AsyncIterable<[Reply]>) if (reply.kind === "ready") return;
}

/** Settles one call: with its result, or with the reason why the store cannot serve. */
type Settle = (result: unknown, fault?: InboxUnavailable) => void;
type Queued = { readonly changes: readonly Write[]; readonly settle: Settle };

/**
 * The hub's side of the database thread. Changes that come while a commit is under way wait and become the next commit together:
 * however many they are, they share its fsync.
 */
class SqliteInbox implements EmbeddedInbox {
  readonly #worker: Worker;
  readonly #meter: Meter;
  readonly #calls = new Map<number, Settle>();
  #lastCall = 0;
  readonly #queue: Queued[] = [];
  /** Changes in the queue. */
  #queued = 0;
  #committing = false;
  /** Milliseconds. */
  #lastTook = 0;
  readonly #questions = new Questions((questions) => this.#post({ kind: "read", questions }));
  #closing = false;

  constructor(worker: Worker, meter: Meter) {
    this.#worker = worker;
    this.#meter = meter;
    worker.on("message", (reply: Reply) => this.#onReply(reply));
  }

  get waiting(): number {
    return this.#queued;
  }

  commit<C extends Change>(changes: readonly C[]): Promise<readonly OutcomeOf<C>[]> {
    return this.#write(changes);
  }

  async revoke(revocation: Revocation): Promise<void> {
    await this.#write([{ op: "revoke", revocation, at: Date.now() }]);
  }

  isRevoked({ uid, issuedAt, tokenId }: Bearing): Promise<boolean> {
    return this.#read({ op: "isRevoked", bearing: { uid, issuedAt, tokenId } }, "soon");
  }

  read(uid: string, after: Seq, limit: number): Promise<Pages> {
    return this.#read({ op: "read", uid, after, limit });
  }

  open(uid: string, start: Start): Promise<Standing> {
    return this.#read({ op: "open", uid, start }, "soon");
  }

  page(uid: string, of: HistoryKind, before: Seq, limit: number): Promise<History> {
    return this.#read({ op: "page", uid, of, before, limit });
  }

  drafts(author: string, prefix: string, after: string, limit: number): Promise<readonly string[]> {
    return this.#read({ op: "drafts", author, prefix, after, limit });
  }

  async close(): Promise<void> {
    const exited = once(this.#worker, "exit");
    this.#closing = true;
    this.#questions.flush();
    if (!this.#committing) this.#commit();
    await exited;
  }

  async #write<T>(changes: readonly Write[]): Promise<T> {
    if (this.#closing) throw CLOSED();
    if (this.#queued + changes.length > QUEUE_LIMIT) throw new InboxUnavailable("Too many changes wait for the disk.");
    this.#queued += changes.length;
    return new Promise((resolve, reject) => {
      this.#queue.push({ changes, settle: settling(resolve, reject) });
      if (!this.#committing) this.#commitSoon();
    });
  }

  async #read<R extends Read>(read: R, hurry: "now" | "soon" = "now"): Promise<Results[R["op"]]> {
    if (this.#closing) throw CLOSED();
    return new Promise((resolve, reject) => {
      this.#questions.add({ call: this.#call(settling(resolve, reject)), read }, hurry);
    });
  }

  /**
   * When a turn of the event loop has brought no more, but at the latest after as long as the last commit took: who comes while there
   * is much to do shares a commit with many, who comes alone waits for nobody.
   */
  #commitSoon(until = performance.now() + this.#lastTook): void {
    this.#committing = true;
    const queued = this.#queued;
    setImmediate(() => {
      if (this.#queued > queued && this.#queued < BATCH_LIMIT && performance.now() < until) this.#commitSoon(until);
      else this.#commit();
    });
  }

  /** Commits what waits, as one transaction; what comes meanwhile is the next one. */
  #commit(): void {
    const batch = this.#takeBatch();
    this.#committing = batch.length > 0;
    if (!this.#committing) return this.#closing ? this.#post({ kind: "close" }) : undefined;
    const changes = batch.flatMap((queued) => queued.changes);
    const start = performance.now();
    const call = this.#call((outcomes, fault) => {
      this.#lastTook = Math.min(performance.now() - start, MOST_GATHERING_MS);
      if (fault === undefined) this.#meter.committed(changes.length, performance.now() - start);
      else this.#meter.commitRefused();
      let first = 0;
      for (const queued of batch) {
        const last = first + queued.changes.length;
        queued.settle((outcomes as readonly unknown[] | undefined)?.slice(first, last), fault);
        first = last;
      }
      this.#commitSoon();
    });
    this.#post({ kind: "commit", call, changes });
  }

  #takeBatch(): readonly Queued[] {
    let size = 0;
    const fitting = this.#queue.findIndex(({ changes }) => (size += changes.length) > BATCH_LIMIT);
    const batch = this.#queue.splice(0, fitting < 0 ? this.#queue.length : Math.max(1, fitting));
    for (const { changes } of batch) this.#queued -= changes.length;
    return batch;
  }

  #call(settle: Settle): number {
    this.#calls.set(++this.#lastCall, settle);
    return this.#lastCall;
  }

  #post(request: Request): void {
    this.#worker.postMessage(request);
  }

  #onReply(reply: Reply): void {
    switch (reply.kind) {
      case "ready":
      case "finding":
        return;
      case "committed":
        return this.#settle(reply.call, reply.outcomes);
      case "read":
        for (const answer of reply.answers) this.#onAnswer(answer);
        return;
      case "unavailable":
        return this.#onAnswer(reply);
      default:
        reply satisfies never;
    }
  }

  #onAnswer(answer: Answer): void {
    if ("result" in answer) this.#settle(answer.call, answer.result);
    else this.#settle(answer.call, undefined, new InboxUnavailable(answer.message));
  }

  #settle(call: number, result: unknown, fault?: InboxUnavailable): void {
    const settle = this.#calls.get(call);
    this.#calls.delete(call);
    settle?.(result, fault);
  }
}

const CLOSED = () => new InboxUnavailable("The store is closed.");

/** Changes of one commit: what a commit of them takes stays in the order of one fsync. */
const BATCH_LIMIT = 250;
/** Milliseconds that a commit waits for more to do, however long the last one took. */
const MOST_GATHERING_MS = 5;
/** Changes that wait for a commit; more are refused, so that memory is bounded when the disk cannot follow. */
const QUEUE_LIMIT = 20_000;

/** The one place where a result from the other thread gets its type: `Results` says which op gives which. */
function settling<T>(resolve: (value: T) => void, reject: (fault: InboxUnavailable) => void): Settle {
  return (result, fault) => (fault === undefined ? resolve(result as T) : reject(fault));
}
