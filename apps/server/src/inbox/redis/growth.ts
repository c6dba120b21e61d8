import type { Growth } from "../../hub/ports.ts";

/** What one change adds to several logs, in the order in which it is told. */
export class Growths {
  readonly #all: Growth[] = [];

  /** What follows on the last of the same user joins it; another hub's entries may lie between. */
  add(...growths: readonly Growth[]): void {
    for (const growth of growths) this.#add(growth);
  }

  all(): readonly Growth[] {
    return this.#all;
  }

  #add(growth: Growth): void {
    const n = this.#all.findLastIndex(({ uid }) => uid === growth.uid);
    const before = this.#all[n];
    if (before === undefined || before.counts.asOf + 1 !== growth.entries[0]?.seq) this.#all.push(growth);
    else this.#all[n] = { ...growth, entries: [...before.entries, ...growth.entries] };
  }
}
