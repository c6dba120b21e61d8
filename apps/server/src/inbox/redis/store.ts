import type { Counts } from "@carillon/protocol";
import { nanoid } from "nanoid";
import type { Growth } from "../../hub/ports.ts";
import { written } from "../../hub/written.ts";
import { type Bounds, boundOf } from "../bounds.ts";
import type { Send } from "../../redis/connection.ts";
import { isFunctionMissing, isLibraryThere } from "../../redis/faults.ts";
import { type Keys, partitionOf } from "../../redis/keys.ts";
import { type FunctionName, LIBRARY, nameOf, type ReadFunction, type WriteFunction } from "./library.ts";
import { entryOf, rowsOf } from "./rows.ts";

export type StoreOptions = {
  readonly send: Send;
  /** Resolves when what was written so far is as durable as it has to be before another log says that it is. */
  readonly confirm?: () => Promise<void>;
  readonly keys: Keys;
  readonly bounds: Bounds;
};

/** What a function did to one log, and what it said. */
export type Answer<Said> = {
  readonly epoch: string;
  readonly counts: Counts;
  readonly growth: readonly Growth[];
  readonly said: Said;
};

/** Calls the functions of library.ts: each on one user's log, atomically. */
export class Store {
  readonly send: Send;
  readonly confirm: () => Promise<void>;
  readonly keys: Keys;
  readonly #bounds: Bounds;

  constructor({ send, confirm = async () => {}, keys, bounds }: StoreOptions) {
    this.send = send;
    this.confirm = confirm;
    this.keys = keys;
    this.#bounds = bounds;
  }

  /** The same over another way to the server, on which what was written can be confirmed. */
  over(send: Send, confirm: () => Promise<void>): Store {
    return new Store({ send, confirm, keys: this.keys, bounds: this.#bounds });
  }

  /** Undefined where there is no such log. */
  async ask<Said>(fn: ReadFunction, uid: string, ...args: readonly Argument[]): Promise<Answer<Said> | undefined> {
    const reply = await this.#settled(uid, () => this.#callLog("FCALL_RO", fn, uid, args));
    return reply[0] === "unborn" ? undefined : answerOf(uid, reply);
  }

  /** Changes a log, which begins with it if need be. */
  async write<Said>(fn: WriteFunction, uid: string, at: number, ...args: readonly Argument[]): Promise<Answer<Said>> {
    const answer = await this.change<Said>(fn, uid, at, ...args);
    if (answer !== undefined) return answer;
    await this.begin(uid);
    return this.write(fn, uid, at, ...args);
  }

  /** Changes a log that is there; undefined where there is none. */
  async change<Said>(
    fn: WriteFunction,
    uid: string,
    at: number,
    ...args: readonly Argument[]
  ): Promise<Answer<Said> | undefined> {
    const { most, bound } = boundOf(uid, this.#bounds);
    const all = [at, most, bound, ...args];
    const reply = await this.#settled(uid, () => this.#callLog("FCALL", fn, uid, all));
    return reply[0] === "unborn" ? undefined : answerOf(uid, reply);
  }

  /**
   * Makes sure that there is a log, if only an empty one with an epoch. Whoever has one is listed, and listed first: so nobody is
   * overlooked by what goes through all logs.
   */
  async begin(uid: string): Promise<void> {
    await this.list(uid);
    await this.confirm();
    await this.#settle(uid);
  }

  async list(uid: string): Promise<void> {
    await this.send(["ZADD", this.keys.users(partitionOf(uid)), "0", uid]);
  }

  /**
   * Names two keys of the log: one that is always there, and one that never is. So while its slot moves from one node to another,
   * key by key, both refuse it: a function that found half of a log would take the rest for missing.
   */
  #callLog<T>(how: Call, fn: FunctionName, uid: string, args: readonly Argument[]): Promise<T> {
    const key = this.keys.user(uid);
    return this.#call(how, fn, [key, `${key}:user`], args);
  }

  /** Calls a function that is about one key; one that the server has lost is given back to it first. */
  call<T>(how: Call, fn: FunctionName, key: string, args: readonly Argument[]): Promise<T> {
    return this.#call(how, fn, [key], args);
  }

  async #call<T>(how: Call, fn: FunctionName, keys: readonly string[], args: readonly Argument[]): Promise<T> {
    const command = [how, nameOf(fn), String(keys.length), ...keys, ...args.map(String)];
    try {
      return await this.send<T>(command);
    } catch (error) {
      if (!isFunctionMissing(error)) throw error;
      await loadLibrary(this.send);
      return this.send<T>(command);
    }
  }

  /** Asks again once the log has a new epoch, if it needs one. */
  async #settled(uid: string, ask: () => Promise<Reply>): Promise<Reply> {
    for (let round = 0; round < ROUNDS; round++) {
      const reply = await ask();
      if (reply[0] !== "unsettled") return reply;
      await this.#settle(uid);
    }
    throw new Error("A log was settled again and again.");
  }

  async #settle(uid: string): Promise<void> {
    await this.#callLog("FCALL", "settle", uid, [nanoid()]);
  }
}

/** Gives a server the functions, if it lacks them. Those that it has stay: they remember in which of its lives they were loaded. */
export async function loadLibrary(send: Send): Promise<void> {
  try {
    await send(["FUNCTION", "LOAD", LIBRARY]);
  } catch (error) {
    if (!isLibraryThere(error)) throw error;
  }
}

type Argument = string | number;
type Call = "FCALL" | "FCALL_RO";
type Reply = readonly ["unborn" | "unsettled"] | OkReply;
type OkReply = readonly [
  status: "ok",
  epoch: string,
  head: number,
  unseen: number,
  unread: number,
  grown: readonly (string | number)[],
  said: unknown,
];

/** Times that a log may be found without an epoch: the server was restarted in between. */
const ROUNDS = 5;

function answerOf<Said>(uid: string, reply: Reply): Answer<Said> {
  if (reply[0] !== "ok") throw new Error(`A log is ${reply[0]}.`);
  const [, epoch, head, unseen, unread, grown, said] = reply;
  const counts = { unseen, unread, asOf: head };
  const entries = rowsOf(grown).map(entryOf).map(written);
  return { epoch, counts, growth: entries.length === 0 ? [] : [{ uid, entries, counts, epoch }], said: said as Said };
}
