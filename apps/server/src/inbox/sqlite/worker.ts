import { parentPort, workerData } from "node:worker_threads";
import type {
  Answer,
  Finding,
  Question,
  Read,
  Reply,
  Request,
  Results,
  Unavailable,
  WorkerData,
  Write,
} from "./calls.ts";
import { Commits } from "./commits.ts";
import { sound } from "./damage.ts";
import { openDatabase } from "./database.ts";
import { isBusy, isStoreFault } from "./faults.ts";
import { SqliteLog } from "./log.ts";
import { sidecarOf } from "./parts.ts";
import { Sidecar } from "./sidecar.ts";
import { prepare } from "./statements.ts";

/**
 * The thread that owns the database, so that no fsync and no lock can stall the sockets. It commits one batch at a time; while
 * another process holds the lock, it serves readers between its attempts. A bug ends the thread, and with it the process.
 */
const port = parentPort;
if (port === null) throw new Error("This module is a worker.");
const { file, patience, bounds }: WorkerData = workerData;
const db = openDatabase(file);
const sql = prepare(db);
const sidecar = new Sidecar(sidecarOf(file), tell);
const commits = new Commits(db, sql, sidecar);
const loss = commits.settle();
if (loss !== undefined) tell(loss);
const log = sound(file, db, () => new SqliteLog(sql, bounds));

let committing = Promise.resolve();
port.on("message", (request: Request) => {
  if (request.kind === "read") answer({ kind: "read", answers: answered(request.questions) });
  else if (request.kind === "commit") committing = committing.then(() => onCommit(request.call, request.changes));
  else committing = committing.then(onClose);
});
answer({ kind: "ready" });

/** All of them as of one state; or, if one of them fails, each by itself. */
function answered(questions: readonly Question[]): readonly Answer[] {
  try {
    return commits.read(() => questions.map(({ call, read }) => ({ call, result: serve(read) })), forget);
  } catch (error) {
    const [first, ...others] = questions;
    if (first !== undefined && others.length === 0) return [unavailable(first.call, error)];
    return questions.flatMap((question) => answered([question]));
  }
}

async function onCommit(call: number, changes: readonly Write[]): Promise<void> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return answer({
        kind: "committed",
        call,
        outcomes: commits.commit(() => log.commit(changes), forget),
      });
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) return answer(unavailable(call, error));
      await nextTurn();
    }
  }
}

/** What is known of the store without asking it may not be so any more. */
function forget(): void {
  log.reload();
}

function onClose(): void {
  db.close();
  sidecar.close();
  port?.close();
}

function answer(reply: Reply): void {
  port?.postMessage(reply);
}

function tell(finding: Finding): void {
  answer({ kind: "finding", finding });
}

/** @throws the error itself if it is a bug. */
function unavailable(call: number, error: unknown): Unavailable {
  if (!isStoreFault(error)) throw error;
  return { kind: "unavailable", call, message: error.message };
}

function serve(read: Read): Results[Read["op"]] {
  switch (read.op) {
    case "read":
      return log.read(read.uid, read.after, read.limit);
    case "open":
      return log.open(read.uid, read.start);
    case "page":
      return log.page(read.uid, read.of, read.before, read.limit);
    case "isRevoked":
      return log.isRevoked(read.bearing);
    case "drafts":
      return log.drafts(read.author, read.prefix, read.after, read.limit);
    default:
      return read satisfies never;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
