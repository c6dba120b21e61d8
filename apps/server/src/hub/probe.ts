import type { Seq } from "@carillon/protocol";
import type { Hub } from "./hub.ts";
import { PROBE_UID } from "./own.ts";
import { type Bus, InboxUnavailable, type Listener } from "./ports.ts";

/** What keeps the hub from doing its work. */
export type Fault = { readonly code: "storeUnavailable" | "notDelivered"; readonly message: string };

/**
 * Sends the hub a notification of its own by the way that all take: append, ring, delivered. Undefined if it arrives. The store
 * may take its time to refuse it; the ring, once it is stored, has `limit` milliseconds.
 */
export async function probeDelivery(hub: Hub, bus: Pick<Bus, "isHeard">, limit = 1_000): Promise<Fault | undefined> {
  const ear = new Ear();
  hub.join(ear);
  try {
    const seq = await writeToItself(hub);
    if (seq instanceof InboxUnavailable) return { code: "storeUnavailable", message: seq.message };
    if (!(await ear.hears(seq, limit))) return UNHEARD;
    return bus.isHeard() ? undefined : DEAF;
  } finally {
    hub.leave(ear);
  }
}

const UNHEARD: Fault = {
  code: "notDelivered",
  message: "A notification of the hub's own was stored and rang nowhere.",
};

const DEAF: Fault = {
  code: "notDelivered",
  message: "What this hub rings does not come back to it: the other hubs may not hear it either.",
};

/** The seq at which it is stored, or why it is not. */
async function writeToItself({ logs }: Hub): Promise<Seq | InboxUnavailable> {
  const draft = { id: crypto.randomUUID(), to: PROBE_UID, text: "Does it arrive?" };
  const changed = await logs.change([{ op: "append", from: PROBE_UID, at: Date.now(), ...draft }]);
  if (changed instanceof InboxUnavailable) return changed;
  const [appended] = changed;
  if (appended?.outcome !== "stored") throw new Error("A new draft was not taken as new.");
  return appended.seq;
}

/** Hears the bell of the hub's own log. */
class Ear implements Listener {
  readonly uid = PROBE_UID;
  readonly bearing = undefined;
  #head: Seq = 0;
  #onRing = () => {};

  ring(head: Seq): void {
    this.#head = Math.max(this.#head, head);
    this.#onRing();
  }

  /** It is the only one of its user. */
  ask(): void {}

  /** It is here by no token. */
  isMeant(): boolean {
    return false;
  }

  /** Nothing is behind it that could be hung up. */
  hangUp(): void {}

  /** Whether the log is heard to reach that seq within so many milliseconds. */
  hears(seq: Seq, limit: number): Promise<boolean> {
    if (this.#head >= seq) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), limit);
      this.#onRing = () => {
        if (this.#head < seq) return;
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
