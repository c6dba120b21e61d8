import type { Counts } from "@carillon/protocol";
import { nanoid } from "nanoid";
import type { Growth } from "../../hub/ports.ts";
import { type Bounds, boundOf } from "../bounds.ts";
import type { Send } from "../../redis/connection.ts";
import { isFunctionMissing } from "../../redis/faults.ts";
import { type Keys, partitionOf } from "../../redis/keys.ts";
import { type FunctionName, LIBRARY, nameOf, type ReadFunction, type WriteFunction } from "./library.ts";
import { entryOf, rowsOf } from "./rows.ts";

export type StoreOptions = {
  readonly send: Send;
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
  readonly keys: Keys;
  readonly #bounds: Bounds;

  constructor({ send, keys, bounds }: StoreOptions) {
    this.send = send;
    this.keys = keys;
    this.#bounds = bounds;
  }

  /** Undefined where there is no such log. */
  async ask<Said>(fn: ReadFunction, uid: string, ...args: readonly Argument[]): Promise<Answer<Said> | undefined> {
    const reply = await this.#settled(uid, () => this.call("FCALL_RO", fn, this.keys.user(uid), args));
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
    const reply = await this.#settled(uid, () => this.call("FCALL", fn, this.keys.user(uid), all));
    return reply[0] === "unborn" ? undefined : answerOf(uid, reply);
  }

  /**
   * Makes sure that there is a log, if only an empty one with an epoch. Whoever has one is listed, and listed first: so nobody is
   * overlooked by what goes through all logs.
   */
  async begin(uid: string): Promise<void> {
    await this.send(["ZADD", this.keys.users(partitionOf(uid)), "0", uid]);
    await this.#settle(uid);
  }

  /** Calls a function; one that the server has lost is given back to it first. */
  async call<T>(how: "FCALL" | "FCALL_RO", fn: FunctionName, key: string, args: readonly Argument[]): Promise<T> {
    const command = [how, nameOf(fn), "1", key, ...args.map(String)];
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
    await this.call("FCALL", "settle", this.keys.user(uid), [nanoid()]);
  }
}

export function loadLibrary(send: Send): Promise<unknown> {
  return send(["FUNCTION", "LOAD", "REPLACE", LIBRARY]);
}

type Argument = string | number;
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
  const entries = rowsOf(grown).map(entryOf);
  return { epoch, counts, growth: entries.length === 0 ? [] : [{ uid, entries, counts, epoch }], said: said as Said };
}
