import type { Dialect, Ears, Position, Talk } from "./dialects/dialect.ts";
import { Line } from "./line.ts";
import { uidOf } from "./stencil.ts";

export type CrowdOptions = {
  readonly dialect: Dialect;
  readonly ports: readonly number[];
  readonly count: number;
  readonly senders: number;
  readonly concurrency: number;
  /** Whose connection that of this index is. */
  readonly userOf: (index: number) => number;
  readonly onBody: (member: number, bytes: Buffer, start: number) => void;
  readonly onAcknowledged: (member: number, number: number) => void;
  /** A connection ended that nobody ended here. */
  readonly onCut: (member: number, reason: string) => void;
};

type Member = { line: Line; talk: Talk; reason: string };

/** All connections of a run. */
export class Crowd {
  readonly #options: CrowdOptions;
  readonly #members: (Member | undefined)[] = [];
  readonly #credentials = new Map<string, string>();

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  /** Before anything is measured. */
  async prepare(): Promise<void> {
    const { count, dialect } = this.#options;
    for (let index = 0; index < count; index += 1) {
      const uid = this.#uidOf(index);
      if (!this.#credentials.has(uid)) this.#credentials.set(uid, await dialect.credential(uid));
    }
  }

  /**
   * Connects everybody, each to where it was if that is given; `onReady` is told when each one began. Resolves when all are ready,
   * rejects when one is not accepted.
   */
  async gather(
    onReady: (startedAt: number) => void = () => {},
    positions: readonly (Position | undefined)[] = [],
  ): Promise<void> {
    let next = 0;
    const work = async () => {
      for (let index = next++; index < this.#options.count; index = next++) {
        const startedAt = performance.now();
        await this.join(index, positions[index]);
        onReady(startedAt);
      }
    };
    await Promise.all(Array.from({ length: this.#options.concurrency }, work));
  }

  /** Connects one. Resolves when it is ready. */
  join(index: number, position?: Position): Promise<void> {
    return new Promise((resolve, reject) => {
      const { dialect, ports, senders } = this.#options;
      const port = ports[index % ports.length] ?? 0;
      const uid = this.#uidOf(index);
      const credential = this.#credentials.get(uid) ?? "";
      const who = { index, uid, credential, port, isSender: index < senders, position };
      const ears: Ears = {
        onReady: resolve,
        onBody: (bytes, start) => this.#options.onBody(index, bytes, start),
        onAcknowledged: (number) => this.#options.onAcknowledged(index, number),
        onFault: (reason) => {
          member.reason ||= reason;
          line.cut();
        },
      };
      const line: Line = new Line(port, addressOf(index), {
        onOpen: () => talk.begin(),
        onBytes: (bytes, length) => talk.read(bytes, length),
        onGone: () => {
          reject(new Error(`Connection ${index} was not accepted: ${member.reason || "it was closed"}`));
          if (this.#members[index] !== member) return;
          this.#members[index] = undefined;
          this.#options.onCut(index, member.reason);
        },
      });
      const talk = dialect.talk(line, who, ears);
      const member: Member = { line, talk, reason: "" };
      this.#members[index] = member;
    });
  }

  /** Cuts this one's connection; gives where it stood. */
  cut(index: number): Position | undefined {
    const member = this.#members[index];
    this.#members[index] = undefined;
    member?.talk.end?.();
    member?.line.cut();
    return member?.talk.position;
  }

  /** The microsecond at which this one's connection last said who it is. */
  askedAt(index: number): number {
    return this.#members[index]?.talk.askedAt ?? Number.NaN;
  }

  send(index: number, to: number, at: number, number: number): void {
    this.#members[index]?.talk.send(this.#options.userOf(to), at, number);
  }

  leave(): void {
    for (let index = 0; index < this.#members.length; index += 1) this.cut(index);
  }

  #uidOf(index: number): string {
    return uidOf(this.#options.userOf(index));
  }
}

/** From so many addresses that none has more connections than a server's limits for one allow. */
function addressOf(index: number): string {
  return `127.0.0.${2 + (index % ADDRESSES)}`;
}

const ADDRESSES = 64;
