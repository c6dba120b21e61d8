import { expect, vi } from "vitest";
import { type Conditions, HubProcess } from "../faults/hub-process.ts";
import { isLong } from "../faults/long.ts";
import { tokenFor } from "../faults/credentials.ts";
import { temporaryPlace } from "../faults/place.ts";
import { book, brokenLogs, readStore } from "../faults/store.ts";
import { Witnesses } from "../faults/witness.ts";
import { comings } from "./raw/comings.ts";
import { openDescriptors } from "./vitals.ts";

type Parts = {
  readonly hub: HubProcess;
  readonly witnesses: Witnesses;
  readonly store: string;
  readonly parts: AsyncDisposableStack;
};

/** A hub that is attacked, with a well-behaved pair on it that must not notice. */
export class Siege implements AsyncDisposable {
  readonly hub: HubProcess;
  readonly #witnesses: Witnesses;
  readonly #store: string;
  readonly #parts: AsyncDisposable;
  readonly #fall = new AbortController();
  /** Rejects when the hub ends before the siege does. */
  readonly #downfall: Promise<never>;
  /** Descriptors that the hub has open while only the pair is there. */
  readonly #atRest: number;

  private constructor({ hub, witnesses, store, parts }: Parts) {
    this.hub = hub;
    this.#witnesses = witnesses;
    this.#store = store;
    this.#parts = parts;
    this.#downfall = hub.ended.then(({ code, signal, log }) => {
      this.#fall.abort();
      throw new Error(`The hub fell (${signal ?? code}):\n${log}`);
    });
    this.#downfall.catch(() => {}); // Only who waits for something has to know.
    this.#atRest = openDescriptors(hub.pid);
  }

  static async begin(env: NonNullable<Conditions["env"]> = {}): Promise<Siege> {
    await using parts = new AsyncDisposableStack();
    const place = parts.use(await temporaryPlace());
    const hub = parts.use(await HubProcess.start(place.store, { env }));
    const witnesses = parts.use(new Witnesses(hub.port));
    await witnesses.measured("before");
    return new Siege({ hub, witnesses, store: place.store, parts: parts.move() });
  }

  /** One that knows already how its pair fares while so many come and leave as they should. */
  static async afterCalm(visits: number, env?: Conditions["env"]): Promise<Siege> {
    const siege = await Siege.begin(env);
    const token = await tokenFor("mallory");
    await siege.during("calm", () => comings(siege.port, token, visits));
    return siege;
  }

  /** Tells attackers that the hub has ended, and nobody is left to attack. */
  get fall(): AbortSignal {
    return this.#fall.signal;
  }

  get port(): number {
    return this.hub.port;
  }

  /** What the pair exchanges while this runs is measured under that name. */
  async during<T>(phase: "calm" | "attack", act: () => Promise<T>): Promise<T> {
    this.#witnesses.phase = phase;
    const result = await Promise.race([act(), this.#downfall]);
    this.#witnesses.phase = "between";
    return result;
  }

  /** Resolves when the hub has let go of every attacker's descriptor. */
  async released(): Promise<void> {
    await vi.waitUntil(() => openDescriptors(this.hub.pid) <= this.#atRest, PATIENCE);
  }

  /**
   * Ends it and expects what is expected after every attack: the hub keeps nothing of it, ends as asked and complained of no fault of its
   * own; its logs are whole; the pair lost nothing, saw nothing twice, and hardly had to wait.
   */
  async lift(title: string): Promise<void> {
    await this.released();
    await this.#witnesses.finish();
    const { code, log } = await this.hub.stop();
    const store = await readStore(this.#store);
    const { ledger } = this.#witnesses;
    book(store, ledger);
    console.log(ledger.table(`witnesses of ${title}`));
    const [calm, attack] = [this.#witnesses.p99("calm"), this.#witnesses.p99("attack")];
    console.log(`p99 of the witnesses of ${title}: ${calm.toFixed(1)} ms calm, ${attack.toFixed(1)} ms under attack`);

    expect([code, faultsIn(log)]).toEqual([0, []]);
    expect([store.integrity, brokenLogs(store)]).toEqual(["ok", []]);
    expect(ledger.findings()).toMatchObject({ lost: [], doubled: [], reseated: [], disordered: [] });
    expect(this.#witnesses.samples("attack")).toBeGreaterThan(0);
    // A short run shares its processors with other tests, and a handful of samples has no p99 worth the name.
    if (isLong) expect(attack).toBeLessThan(2 * calm);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts[Symbol.asyncDispose]();
  }
}

/** What the hub holds itself to be a fault of its own, or said outside its log. */
function faultsIn(log: string): readonly string[] {
  return log.split("\n").filter((line) => line !== "" && !/^\{"level":[1-4]0,/.test(line));
}

/** For a connection to be given up, on a machine that has other work. Nobody tells when a descriptor is let go. */
const PATIENCE = { timeout: 15_000 };
