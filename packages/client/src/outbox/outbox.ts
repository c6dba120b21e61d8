import type { Refusal, Send } from "@carillon/protocol";
import { coalesced } from "./marks.ts";
import type { OutboxStore } from "./store.ts";
import { type Change, isChange, isDraft, isRewrite, type Pending, pendingOf, type Waiting } from "./waiting.ts";

/** Drafts that may wait, refused ones included. */
export const OUTBOX_LIMIT = 100;
/** Changes that may wait. */
export const CHANGES_LIMIT = 200;

/** The requests that the hub has not answered: resent by their id until it does (P12). */
export class Outbox {
  readonly #store: OutboxStore;
  /** What the store took, and another tab may take out of it. */
  readonly #kept = new Set<string>();
  #waiting: readonly Waiting[] = [];
  #pending: readonly Pending[] = [];
  #changes: readonly Change[] = [];

  constructor(store: OutboxStore) {
    this.#store = store;
    const found = store.load().toSorted((a, b) => a.order - b.order);
    for (const { request } of found) this.#kept.add(request.id);
    this.#become(found);
  }

  /** Drafts, oldest first, without those that their author takes back; replaced when it changes. */
  get pending(): readonly Pending[] {
    return this.#pending;
  }

  /** What is wanted changed, oldest first; replaced when it changes. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** The drafts to be sent, oldest first. */
  get drafts(): readonly Waiting<Send>[] {
    return this.#waiting.filter(isDraft).filter(({ refusal }) => refusal === undefined);
  }

  /** The changes to be sent, oldest first: of a draft, only once the hub has it. */
  get due(): readonly Waiting<Change>[] {
    const drafts = new Set(this.drafts.map(({ request }) => request.id));
    return this.#waiting.filter(isChange).filter(({ request }) => !isRewrite(request) || !drafts.has(request.draft));
  }

  /** Whether it was taken; marks join the one before, where that has not gone out. */
  add(request: Send | Change, at: number, epoch?: string): boolean {
    const order = Math.max(at, (this.#waiting.at(-1)?.order ?? 0) + 1);
    const waiting = { request, at, order, ...(epoch !== undefined && { epoch }) };
    const last = this.#waiting.findLast(isChange);
    const joined = last && join(last, waiting);
    if (joined === undefined && this.#isFullFor(request)) return false;
    if (joined !== undefined) this.remove(last?.request.id ?? "");
    this.#keep(joined ?? waiting);
    this.#become([...this.#waiting, joined ?? waiting]);
    return true;
  }

  /** Takes on what other tabs have put into the store. Whether there was anything. */
  adopt(): boolean {
    const found = this.#store.load().filter((one) => !this.find(one.request.id) && !this.#isFullFor(one.request));
    if (found.length === 0) return false;
    for (const { request } of found) this.#kept.add(request.id);
    this.#become([...this.#waiting, ...found].toSorted((a, b) => a.order - b.order));
    return true;
  }

  find(id: string): Waiting | undefined {
    return this.#waiting.find(({ request }) => request.id === id);
  }

  /** The hub answered it, or its author does not want it any more. Undefined if it is not here. */
  remove(id: string): Waiting | undefined {
    const found = this.find(id);
    if (found === undefined) return undefined;
    this.#kept.delete(id);
    this.#store.remove(id);
    this.#become(this.#waiting.filter((waiting) => waiting !== found));
    return found;
  }

  /** The hub will never take this draft. Who took it back already need not hear of it. */
  refuse(draft: string, refusal: Refusal): void {
    const found = this.find(draft);
    if (found === undefined) return;
    if (this.#isTakenBack(draft)) return this.drop(draft);
    this.#replace(found, { ...found, refusal });
  }

  /** A draft that no hub will have, with what was wanted changed of it. */
  drop(draft: string): void {
    this.remove(draft);
    for (const change of this.#changes) if (isRewrite(change) && change.draft === draft) this.remove(change.id);
  }

  /** Whether the hub may have it, from this tab or another. */
  mayBeOut(id: string): boolean {
    const waiting = this.find(id);
    if (waiting === undefined || waiting.transmitted) return true;
    if (!this.#kept.has(id)) return false;
    const stored = this.#store.get(id);
    return stored === undefined || stored.transmitted === true;
  }

  /**
   * Takes note that a request goes out, before it does. Undefined if it must not: another tab has seen to it. There is no lock:
   * where two tabs look in the same instant, both send, and the hub takes it once (P12).
   */
  depart(id: string): Waiting | undefined {
    const waiting = this.find(id);
    if (waiting === undefined) return undefined;
    const stored = this.#kept.has(id) ? this.#store.get(id) : waiting;
    if (stored === undefined) this.remove(id);
    else if (stored.refusal !== undefined) this.#replace(waiting, stored);
    else if (waiting.transmitted) return waiting;
    else return this.#replace(waiting, { ...waiting, transmitted: true });
    return undefined;
  }

  /** P29: what marks and snoozes of another incarnation of the store meant, this one does not know. */
  enter(epoch: string | undefined): void {
    for (const waiting of this.#waiting)
      if (waiting.epoch !== undefined && waiting.epoch !== epoch) this.remove(waiting.request.id);
  }

  #isFullFor({ type }: Send | Change): boolean {
    const isSame = type === "send" ? isDraft : isChange;
    return this.#waiting.filter(isSame).length >= (type === "send" ? OUTBOX_LIMIT : CHANGES_LIMIT);
  }

  #isTakenBack(draft: string): boolean {
    return this.#changes.some((change) => change.type === "retract" && change.draft === draft);
  }

  #replace<W extends Waiting>(before: Waiting, after: W): W {
    this.#keep(after);
    this.#become(this.#waiting.map((waiting) => (waiting === before ? after : waiting)));
    return after;
  }

  #keep(waiting: Waiting): void {
    if (this.#store.put(waiting)) this.#kept.add(waiting.request.id);
  }

  #become(waiting: readonly Waiting[]): void {
    this.#waiting = waiting;
    this.#changes = same(
      this.#changes,
      waiting.filter(isChange).map(({ request }) => request),
    );
    const shown = new Map(this.#pending.map((pending) => [pending.draft.id, pending]));
    const drafts = waiting.filter(isDraft).filter(({ request }) => !this.#isTakenBack(request.id));
    this.#pending = same(
      this.#pending,
      drafts.map((draft) => shownAs(draft, shown.get(draft.request.id))),
    );
  }
}

/** The mark that `then` and the one before make together. What has gone out is another tab's or the hub's already. */
function join(before: Waiting<Change>, then: Waiting): Waiting | undefined {
  if (before.request.type !== "mark" || then.request.type !== "mark") return undefined;
  if (before.transmitted || before.epoch !== then.epoch) return undefined;
  const request = coalesced(before.request, then.request);
  return request && { ...then, request };
}

function shownAs(draft: Waiting<Send>, shown: Pending | undefined): Pending {
  return shown !== undefined && shown.refusal === draft.refusal ? shown : pendingOf(draft);
}

function same<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return after.length === before.length && after.every((item, index) => item === before[index]) ? before : after;
}
