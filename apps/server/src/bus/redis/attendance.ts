/** What was heard last of another hub in one part. */
type Heard = { readonly n: number; readonly at: number };

/** Counts what other hubs say in one part, so that what was lost on the way is noticed, if not what it was. */
export class Attendance {
  readonly #hubs = new Map<string, Heard>();
  readonly #silence: number;

  /** @param silence milliseconds after which a hub that said nothing is forgotten. */
  constructor(silence: number) {
    this.#silence = silence;
  }

  /**
   * A hub said its nth message, or, in a beat, that there were n. Whether some were lost before. Of a hub that was never heard here
   * all that it said before was.
   */
  hear(hub: string, n: number, isBeat: boolean, now: number): boolean {
    const last = this.#hubs.get(hub)?.n ?? 0;
    this.#hubs.set(hub, { n: Math.max(n, last), at: now });
    return n > (isBeat ? last : last + 1);
  }

  /** Forgets hubs that are gone. */
  forget(now: number): void {
    for (const [hub, { at }] of this.#hubs) if (now - at > this.#silence) this.#hubs.delete(hub);
  }
}
