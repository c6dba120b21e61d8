import { type Counts, decodeDown, type Down, type Entry, type Position, type Welcome } from "@carillon/protocol";
import { tokenFor } from "../../faults/credentials.ts";
import { opcode } from "./frame.ts";
import { RawPeer } from "./peer.ts";

/** Somebody who was let in and may say whatever can be written, sensible or not. Reads only when asked to. */
export class Guest implements Disposable {
  readonly peer: RawPeer;
  /** Everything that came, in order. */
  readonly entries: Entry[] = [];
  #welcome: Welcome | undefined;
  #counts: Counts | undefined;

  private constructor(peer: RawPeer) {
    this.peer = peer;
  }

  static async as(uid: string, port: number, position?: Position): Promise<Guest> {
    const guest = new Guest(await RawPeer.open(port));
    guest.peer.say({ type: "hello", token: await tokenFor(uid), position });
    await guest.until(() => guest.#welcome !== undefined);
    return guest;
  }

  get welcome(): Welcome {
    if (this.#welcome === undefined) throw new Error("Not welcomed.");
    return this.#welcome;
  }

  /** As the hub said last. */
  get counts(): Counts {
    return this.#counts ?? this.welcome.counts;
  }

  /** Says this and gives the answer that carries its id. */
  async ask(request: { readonly type: string; readonly id: string } & Record<string, unknown>): Promise<Down> {
    this.peer.say(request);
    return this.answer(request.id);
  }

  /** The next answer that carries that id; throws if the connection ends first. */
  async answer(id: string): Promise<Down> {
    let answer: Down | undefined;
    await this.until((message) => {
      if ("id" in message && message.id === id) answer = message;
      return answer !== undefined;
    });
    if (answer === undefined) throw new Error("There was no answer.");
    return answer;
  }

  /** Reads until it holds; it is asked after each message. Throws if the connection ends first. */
  async until(holds: (message: Down) => boolean): Promise<void> {
    for (let message = await this.#read(); !holds(message); message = await this.#read());
  }

  /** Reads until the log is here up to that seq. */
  async has(seq: number): Promise<void> {
    if ((this.entries.at(-1)?.seq ?? 0) < seq) await this.until(() => (this.entries.at(-1)?.seq ?? 0) >= seq);
  }

  [Symbol.dispose](): void {
    this.peer[Symbol.dispose]();
  }

  async #read(): Promise<Down> {
    const next = await this.peer.frame();
    if (next?.opcode !== opcode.text) throw new Error(`The hub hung up: ${next?.payload.subarray(2).toString()}`);
    const decoded = decodeDown(next.payload.toString());
    if (!decoded.ok) throw new Error(`The hub said what nobody understands: ${decoded.reason}`);
    const { message } = decoded;
    if (message.type === "welcome") this.#welcome = message;
    if (message.type === "entries") {
      this.entries.push(...message.entries);
      this.#counts = message.counts ?? this.#counts;
    }
    return message;
  }
}
