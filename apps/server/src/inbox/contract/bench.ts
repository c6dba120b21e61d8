import type { Entry, MarkName } from "@carillon/protocol";
import { afterEach, beforeEach, expect } from "vitest";
import type { Appended, Change, Done, Growth, Inbox, Marked, OutcomeOf, Revocations } from "../../hub/ports.ts";
import { entryIn } from "../../hub/written.ts";

type Bounds = { readonly mostEntries?: number; readonly mostApplicationEntries?: number };

/** A place that keeps one store: opened again, it holds what it held. */
export type Store = {
  readonly open: (settings?: Bounds) => Promise<Inbox & Revocations>;
  readonly remove: () => Promise<void>;
};

/** What a contract test works on: an inbox on an empty store, and short words for what is done to it. */
export class Bench {
  #store: Store | undefined;
  #inbox: (Inbox & Revocations) | undefined;

  get inbox(): Inbox & Revocations {
    if (this.#inbox === undefined) throw new Error("There is an inbox only while a test runs.");
    return this.#inbox;
  }

  /** Gives every test of the surrounding `describe` a store of its own. */
  static in(stores: () => Promise<Store>): Bench {
    const bench = new Bench();
    beforeEach(async () => {
      bench.#store = await stores();
      bench.#inbox = await bench.#store.open();
    });
    afterEach(async () => {
      await bench.#inbox?.close();
      await bench.#store?.remove();
    });
    return bench;
  }

  /** Closes the store and opens it again, as a restart does. */
  async reopen(settings?: Bounds): Promise<void> {
    await this.inbox.close();
    this.#inbox = await this.#store?.open(settings);
  }

  async change<C extends Change>(change: C): Promise<Opened<OutcomeOf<C>>> {
    const [outcome] = await this.inbox.commit([change]);
    if (outcome === undefined) throw new Error("A change has no outcome.");
    return opened(outcome);
  }

  async append(...changes: readonly Append[]): Promise<readonly Opened<Appended>[]> {
    return (await this.inbox.commit(changes)).map(opened);
  }

  acknowledge(uid: string, seq: number): Promise<readonly OpenedGrowth[]> {
    return this.change({ op: "acknowledge", reached: [{ uid, seq }], at: AT }).then(({ growth }) => growth);
  }

  mark(
    uid: string,
    mark: MarkName,
    target: { seqs: number[] } | { upTo: number },
    withhold = false,
  ): Promise<readonly OpenedGrowth[]> {
    return this.change({ op: "mark", uid, mark, target, withhold, at: AT }).then(({ growth }) => growth);
  }

  /** One step of a mark of all in this stretch. */
  markStep(
    uid: string,
    mark: MarkName,
    { after, upTo }: { after: number; upTo: number },
  ): Promise<Opened<Done & Marked>> {
    return this.change({ op: "mark", uid, mark, target: { upTo }, after, withhold: false, at: AT });
  }

  /** The whole log of a user. */
  async log(uid: string) {
    return (await this.inbox.read(uid, 0, 10_000)).entries.map(entryIn);
  }

  async counts(uid: string) {
    return (await this.inbox.open(uid, { from: "snapshot" })).counts;
  }

  async snapshot(uid: string) {
    const { snapshot } = await this.inbox.open(uid, { from: "snapshot" });
    if (snapshot === undefined) throw new Error("A snapshot was asked for.");
    return snapshot;
  }
}

/** A growth with its entries as objects. */
export type OpenedGrowth = Omit<Growth, "entries"> & { readonly entries: readonly Entry[] };
export type Opened<O> = O extends { readonly growth: readonly Growth[] }
  ? Omit<O, "growth"> & { readonly growth: readonly OpenedGrowth[] }
  : O;

/** The same outcome with objects in it. */
export function opened<O extends object>(outcome: O): Opened<O> {
  if (!("growth" in outcome)) return outcome as Opened<O>;
  const growth = outcome.growth as readonly Growth[];
  return { ...outcome, growth: growth.map((each) => ({ ...each, entries: each.entries.map(entryIn) })) } as Opened<O>;
}

export type Append = Extract<Change, { op: "append" }>;

export const AT = 1_795_385_798_166;

export function draft(from: string, to: string, id: string, more: Partial<Append> = {}): Append {
  return { op: "append", from, to, id, text: `text of ${id}`, at: AT, ...more };
}

/** `count` drafts of one author to one target: d1, d2, … */
export function drafts(from: string, to: string, count: number): Append[] {
  return Array.from({ length: count }, (_, n) => draft(from, to, `d${n + 1}`));
}

/** Matches this growth exactly, but for its epoch, which not every store gives. */
export function growthOf(uid: string, entries: readonly unknown[], counts: Growth["counts"]): unknown {
  return expect.objectContaining({ uid, entries, counts });
}

/** What grew, a line a user: uid, and kind and seq of each entry. */
export function grown(
  growth: readonly (Growth | OpenedGrowth)[],
): readonly (readonly [uid: string, ...entries: string[]])[] {
  return growth.map(({ uid, entries }) => [uid, ...entries.map(({ kind, seq }) => `${kind} ${seq}`)] as const);
}
