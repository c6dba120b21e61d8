import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Entry, Seq } from "@carillon/protocol";
import {
  type Appended,
  type AuthoredDraft,
  type Growth,
  type Inbox,
  InboxUnavailable,
  type Standing,
  type Start,
} from "../../hub/ports.ts";
import type { Read, Reply, Request, Results, WorkerData, Write } from "./calls.ts";

export type SqliteInboxOptions = {
  /** Made if it is missing. */
  readonly file: string;
  /** Called when the database's thread has died of a bug: nothing can be stored any more. */
  readonly onFatal: (error: unknown) => void;
  /** Milliseconds that a commit waits for another process's lock before it is refused; default 5,000. */
  readonly patience?: number;
};

/** Opens the embedded log. Rejects with what the operator has to know. */
export async function openSqliteInbox({ file, onFatal, patience = 5_000 }: SqliteInboxOptions): Promise<Inbox> {
  const worker = new Worker(new URL("worker.ts", import.meta.url), {
    workerData: { file, patience } satisfies WorkerData,
  });
  await once(worker, "message"); // "ready"; rejects with the worker's error if it dies first.
  worker.on("error", onFatal);
  return new SqliteInbox(worker);
}

/** Settles one call: with its result, or with the reason why the store cannot serve. */
type Settle = (result: unknown, fault?: InboxUnavailable) => void;

/**
 * The hub's side of the database thread. Writes that come while a commit is under way wait and become the next commit together:
 * however many they are, they share its fsync.
 */
class SqliteInbox implements Inbox {
  readonly #worker: Worker;
  readonly #calls = new Map<number, Settle>();
  #lastCall = 0;
  #queue: { readonly write: Write; readonly settle: Settle }[] = [];
  #committing = false;
  #closing = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (reply: Reply) => this.#onReply(reply));
  }

  append(drafts: readonly AuthoredDraft[]): Promise<readonly Appended[]> {
    return this.#write({ op: "append", drafts });
  }

  acknowledge(acks: readonly { uid: string; seq: Seq }[]): Promise<readonly Growth[]> {
    return this.#write({ op: "acknowledge", acks, at: Date.now() });
  }

  read(uid: string, after: Seq, limit: number): Promise<readonly Entry[]> {
    return this.#read({ op: "read", uid, after, limit });
  }

  open(uid: string, start: Start): Promise<Standing> {
    return this.#read({ op: "open", uid, start });
  }

  async close(): Promise<void> {
    const exited = once(this.#worker, "exit");
    this.#closing = true;
    if (!this.#committing) this.#commit();
    await exited;
  }

  #write<W extends Write>(write: W): Promise<Results[W["op"]]> {
    if (this.#queue.length >= QUEUE_LIMIT)
      return Promise.reject(new InboxUnavailable("Too many writes wait for the disk."));
    return new Promise((resolve, reject) => {
      this.#queue.push({ write, settle: settling(resolve, reject) });
      if (!this.#committing) this.#commit();
    });
  }

  #read<R extends Read>(read: R): Promise<Results[R["op"]]> {
    return new Promise((resolve, reject) => {
      this.#post({ kind: "read", call: this.#call(settling(resolve, reject)), read });
    });
  }

  #commit(): void {
    const batch = this.#queue.splice(0, BATCH_LIMIT);
    this.#committing = batch.length > 0;
    if (!this.#committing) return this.#closing ? this.#post({ kind: "close" }) : undefined;
    const call = this.#call((results, fault) => {
      for (const [n, { settle }] of batch.entries()) settle((results as readonly unknown[] | undefined)?.[n], fault);
      this.#commit();
    });
    this.#post({ kind: "commit", call, writes: batch.map(({ write }) => write) });
  }

  #call(settle: Settle): number {
    this.#calls.set(++this.#lastCall, settle);
    return this.#lastCall;
  }

  #post(request: Request): void {
    this.#worker.postMessage(request);
  }

  #onReply(reply: Reply): void {
    if (reply.kind === "ready") return;
    const settle = this.#calls.get(reply.call);
    this.#calls.delete(reply.call);
    switch (reply.kind) {
      case "committed":
        return settle?.(reply.results);
      case "read":
        return settle?.(reply.result);
      case "unavailable":
        return settle?.(undefined, new InboxUnavailable(reply.message));
      default:
        reply satisfies never;
    }
  }
}

/** Writes of one commit: what a commit of them takes stays in the order of one fsync. */
const BATCH_LIMIT = 1_000;
/** Writes that wait for a commit; more are refused, so that memory is bounded when the disk cannot follow. */
const QUEUE_LIMIT = 20_000;

/** The one place where a result from the other thread gets its type: `Results` says which op gives which. */
function settling<T>(resolve: (value: T) => void, reject: (fault: InboxUnavailable) => void): Settle {
  return (result, fault) => (fault === undefined ? resolve(result as T) : reject(fault));
}
