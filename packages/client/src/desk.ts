import {
  draftFault,
  type MarkName,
  type MarkTarget,
  type MuteTarget,
  type Position,
  type Refusal,
  type Refused,
  type Send,
  type Seq,
  textRefusal,
  Up,
} from "@carillon/protocol";
import { nanoid } from "nanoid";
import type { Announcer } from "./announcer.ts";
import type { DraftInput, Submitted } from "./api.ts";
import type { Clock } from "./clock.ts";
import type { Reply } from "./machine/state.ts";
import type { Courier } from "./outbox/courier.ts";
import { portions, portionsOf } from "./outbox/marks.ts";
import type { Outbox } from "./outbox/outbox.ts";
import { type Change, isChange, isDraft, type Pending, pendingOf } from "./outbox/waiting.ts";
import type { Screen } from "./screen.ts";

type Furniture = {
  readonly outbox: Outbox;
  readonly courier: Courier;
  readonly screen: Screen;
  readonly announcer: Announcer;
  readonly clock: Clock;
};

/** Where the user's requests are made, and their answers dealt with. */
export class Desk {
  readonly #outbox: Outbox;
  readonly #courier: Courier;
  readonly #screen: Screen;
  readonly #announcer: Announcer;
  readonly #clock: Clock;

  constructor({ outbox, courier, screen, announcer, clock }: Furniture) {
    this.#outbox = outbox;
    this.#courier = courier;
    this.#screen = screen;
    this.#announcer = announcer;
    this.#clock = clock;
  }

  send(input: DraftInput): Submitted {
    const id = nanoid();
    const draft = { ...input, id };
    const fault = draftFault(draft);
    if (fault !== undefined) return { ok: false, refusal: fault };
    if (!this.#add({ type: "send", ...draft })) return { ok: false, refusal: OUTBOX_FULL };
    return { ok: true, id };
  }

  /** Sees to what other tabs left in the outbox. */
  adopt(): void {
    if (this.#outbox.adopt()) this.#proceed();
  }

  discard(id: string): Pending | undefined {
    const waiting = this.#outbox.find(id);
    if (waiting?.refusal === undefined || !isDraft(waiting)) return undefined;
    this.#outbox.drop(id);
    this.#proceed();
    return pendingOf(waiting);
  }

  /** `position`: where the log stands that the user sees; what lands later is not meant (P23). */
  mark(mark: MarkName, target: MarkTarget, position: Position | undefined): void {
    for (const portion of portions(upToHere(target, position)))
      this.#want({ type: "mark", id: nanoid(), mark, target: portion }, position?.epoch);
  }

  snooze(seqs: readonly Seq[], until: number | undefined, epoch: string | undefined): void {
    for (const portion of portionsOf(seqs))
      this.#want({ type: "snooze", id: nanoid(), seqs: [...portion], ...(until !== undefined && { until }) }, epoch);
  }

  mute(target: MuteTarget, muted: boolean): void {
    this.#want({ type: "mute", id: nanoid(), target, muted });
  }

  quiet(until: number | undefined): void {
    this.#want({ type: "quiet", id: nanoid(), ...(until !== undefined && { until }) });
  }

  retract(draft: string): void {
    const waiting = this.#outbox.find(draft);
    if (waiting === undefined || (waiting.refusal === undefined && this.#outbox.mayBeOut(draft)))
      return this.#want({ type: "retract", id: nanoid(), draft });
    this.#outbox.drop(draft);
    this.#proceed();
  }

  edit(draft: string, text: string): Submitted {
    const id = nanoid();
    const fault = textRefusal(text);
    if (fault !== undefined) return { ok: false, refusal: fault };
    if (!this.#add({ type: "edit", id, draft, text })) return { ok: false, refusal: OUTBOX_FULL };
    return { ok: true, id };
  }

  settle(reply: Reply): void {
    if (reply.type === "page") return this.#screen.received(reply);
    if (reply.type === "refused") return this.#refused(reply);
    this.#outbox.remove(reply.id);
    this.#proceed();
  }

  #refused(reply: Refused): void {
    if (this.#screen.refused(reply)) return;
    const waiting = this.#outbox.find(reply.id);
    if (waiting === undefined) return;
    const { id, code, message, retryAfter } = reply;
    if (retryAfter !== undefined) return this.#courier.carryAgain(id, retryAfter);
    const refusal = { code, message };
    if (isDraft(waiting)) this.#outbox.refuse(id, refusal);
    else this.#outbox.remove(id);
    this.#proceed();
    if (isChange(waiting)) this.#announcer.refused(waiting.request, refusal);
  }

  #want(change: Change, epoch?: string): void {
    if (!this.#add(change, epoch)) this.#announcer.refused(change, OUTBOX_FULL);
  }

  /** What breaks the protocol would end every connection that carries it: a bug of the page, and loud. */
  #add(request: Send | Change, epoch?: string): boolean {
    if (!Up.safeParse(request).success) throw new TypeError(`Not a request: ${JSON.stringify(request)}`);
    const isTaken = this.#outbox.add(request, this.#clock.now(), epoch);
    this.#proceed();
    return isTaken;
  }

  #proceed(): void {
    this.#screen.refresh();
    this.#courier.carry();
  }
}

function upToHere(target: MarkTarget, position: Position | undefined): MarkTarget {
  return "upTo" in target && position !== undefined ? { upTo: Math.min(target.upTo, position.seq) } : target;
}

const OUTBOX_FULL: Refusal = { code: "outboxFull", message: "Too many requests wait for the connection." };
