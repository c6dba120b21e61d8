import { InboxUnavailable } from "../../hub/ports.ts";
import type { Send, Served } from "../../redis/connection.ts";
import type { Link } from "../../redis/link.ts";
import type { Finding } from "./findings.ts";
import { asked, type Question, questionFor } from "./replicas.ts";
import { factsOf, faultsOf, settingsOf } from "./server-settings.ts";

/**
 * What an answer promises. `memory`: Redis has it. `everysec`: its append-only file has it within a second or two. `always`: the
 * file has it, fsynced. `replicated`: so many replicas have it, too; where the server can say so, fsynced as well.
 */
export const LEVELS = ["memory", "everysec", "always", "replicated"] as const;
export type Level = (typeof LEVELS)[number];

export type DurabilityOptions = {
  readonly level: Level;
  /** Replicas that must have what `replicated` answers. */
  readonly replicas: number;
  /** Milliseconds that they have for it: fewer than a command has, so that their silence is told from the master's. */
  readonly wait: number;
  readonly onFinding: (finding: Finding) => void;
};

/** Knows how the server is set, says where that is less than what is wanted, and waits for replicas where it has to. */
export class Durability {
  readonly #level: Level;
  readonly #replicas: number;
  readonly #wait: number;
  readonly #onFinding: (finding: Finding) => void;
  readonly #told = new Set<string>();
  /** What each server's replicas are asked, since its connection last began. */
  readonly #questions = new WeakMap<Served["by"], Question>();
  /** The next question to each connection's replicas: whoever has written in this tick shares it. */
  readonly #asking = new Map<Served["by"], Promise<void>>();

  constructor({ level, replicas, wait, onFinding }: DurabilityOptions) {
    this.#level = level;
    this.#replicas = replicas;
    this.#wait = wait;
    this.#onFinding = onFinding;
  }

  /**
   * Reads how the server is set, and warns, once each, where that does not keep the level. To be called on each connection.
   * @param by whom `send` asks
   */
  async look(send: Send, by: Served["by"]): Promise<void> {
    const settings = await settingsOf(send);
    const question = questionFor(settings);
    this.#questions.set(by, question);
    if (this.#level === "replicated") this.#tell("info", question, ASKING[question]);
    if (settings === undefined) return this.#tell("warn", "unreadable", UNREADABLE);
    for (const [name, message] of faultsOf(settings, this.#level, this.#replicas))
      this.#tell("warn", name, message, { durability: this.#level, ...factsOf(settings) });
  }

  /**
   * Does what writes, and resolves when that is as durable as it has to be; else nothing of it may be answered. Replicas are asked
   * on the connections that have written: on others they would confirm what those have written, which is nothing. `confirm` does so
   * in between, where what follows says that this is done, and lies on another server, which may survive it.
   */
  async confirmed<T>(link: Link, act: (send: Send, confirm: () => Promise<void>) => Promise<T>): Promise<T> {
    if (this.#level !== "replicated") return act(link.send, NOTHING_TO_DO);
    const written = new Map<Served["by"], Set<number>>();
    const send: Send = (command) =>
      link.sendVia(command, ({ by, life }) => written.set(by, (written.get(by) ?? new Set()).add(life)));
    let confirming: Promise<unknown> = Promise.resolve();
    const confirm = async () => {
      const all = [...written];
      written.clear();
      // Also what somebody else of the same act is about to confirm: it is not written there any more.
      confirming = Promise.all([confirming, ...all.map(([by, lives]) => this.#confirm(by, lives))]);
      await confirming;
    };
    // What one server has confirmed, it has confirmed with all that came before.
    const result = await act(send, link.isSpread ? confirm : NOTHING_TO_DO);
    await confirm();
    return result;
  }

  async #confirm(by: Served["by"], lives: ReadonlySet<number>): Promise<void> {
    if (lives.size > 1 || !lives.has(by.life))
      throw new InboxUnavailable("Redis was away before its replicas could be asked.");
    const asking = this.#asking.get(by) ?? this.#askNext(by);
    await asking;
  }

  #askNext(by: Served["by"]): Promise<void> {
    const asking = Promise.resolve().then(() => {
      this.#asking.delete(by);
      return this.#ask(by);
    });
    this.#asking.set(by, asking);
    return asking;
  }

  async #ask(by: Served["by"]): Promise<void> {
    const question = this.#questions.get(by) ?? "memory";
    const count = await asked(by.send, question, { replicas: this.#replicas, wait: this.#wait });
    if (count >= this.#replicas) return;
    if (question === "disk") this.#tell("warn", "disks", SILENT_DISKS);
    const where = question === "disk" ? " on their disks" : "";
    throw new InboxUnavailable(
      `${count} of ${this.#replicas} replicas have it${where}; nothing is answered until they do.`,
    );
  }

  #tell(level: Finding["level"], name: string, message: string, facts: Finding["facts"] = {}): void {
    if (this.#told.has(name)) return;
    this.#told.add(name);
    this.#onFinding({ level, message, facts });
  }
}

const NOTHING_TO_DO = async (): Promise<void> => {};

const UNREADABLE =
  "Redis does not say how it is set (CONFIG GET is not allowed): whether it keeps what is answered is unknown";
const SILENT_DISKS =
  "Replicas did not say in time that it is on their disks: each needs appendonly yes and appendfsync always, as their master has";
const ASKING: Readonly<Record<Question, string>> = {
  memory: "Replicas are asked whether they have it in memory (WAIT)",
  disk: "Replicas are asked whether they have it on their disks (WAITAOF)",
};
