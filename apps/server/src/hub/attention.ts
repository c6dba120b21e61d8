/** Who looks at which threads (P56), of the connections of this process. A thread that nobody attends takes no room. */
export class Attention {
  readonly #lists = new Map<object, { readonly uid: string; readonly threads: ReadonlySet<string> }>();
  /** How many connections attend a thread, by user and thread. */
  readonly #counts = new Map<string, Map<string, number>>();

  /** Replaces the threads at which this connection of a user looks; none ends it. */
  attend(connection: object, uid: string, threads: readonly string[]): void {
    const list = new Set(threads);
    this.leave(connection);
    if (list.size === 0) return;
    this.#lists.set(connection, { uid, threads: list });
    for (const thread of list) this.#count(uid, thread, 1);
  }

  /** The connection is gone. Whose it was, if it looked at any. */
  leave(connection: object): string | undefined {
    const former = this.#lists.get(connection);
    if (former === undefined) return undefined;
    this.#lists.delete(connection);
    for (const thread of former.threads) this.#count(former.uid, thread, -1);
    return former.uid;
  }

  /** Whether any connection of this user looks at the thread. */
  attends(uid: string, thread: string | undefined): boolean {
    return thread !== undefined && this.#counts.get(uid)?.has(thread) === true;
  }

  /** At which threads any connection of this user looks. */
  threadsOf(uid: string): readonly string[] {
    return [...(this.#counts.get(uid)?.keys() ?? [])];
  }

  /** Users who look at any. */
  uids(): readonly string[] {
    return [...this.#counts.keys()];
  }

  #count(uid: string, thread: string, change: 1 | -1): void {
    const counts = this.#counts.get(uid) ?? new Map<string, number>();
    const count = (counts.get(thread) ?? 0) + change;
    if (count === 0) counts.delete(thread);
    else counts.set(thread, count);
    if (counts.size === 0) this.#counts.delete(uid);
    else this.#counts.set(uid, counts);
  }
}
