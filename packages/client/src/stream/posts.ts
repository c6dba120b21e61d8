import { limits } from "@carillon/protocol";

type Road = {
  /** Resolves with whether the hub took it. */
  readonly post: (body: string) => Promise<boolean>;
  /** Something was not taken, or too much waits: nothing more goes out. */
  readonly onFailure: () => void;
};

/** Frames on their way up, in their order: one POST is under way, and what comes meanwhile goes together in the next. */
export class Posts {
  readonly #road: Road;
  #waiting: string[] = [];
  #isBusy = false;

  constructor(road: Road) {
    this.#road = road;
  }

  add(frame: string): void {
    this.#waiting.push(frame);
    if (this.#waiting.length > MOST_WAITING) return this.#fail();
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    await Promise.resolve(); // What is said in one breath goes together.
    while (this.#waiting.length > 0) {
      const frames = this.#waiting.splice(0, fitting(this.#waiting));
      const [only = ""] = frames;
      const taken = await this.#road.post(frames.length === 1 ? only : `[${frames.join(",")}]`).catch(() => false);
      if (!taken) return this.#fail();
    }
    this.#isBusy = false;
  }

  /** Stays busy for ever: what was not taken must not be overtaken. */
  #fail(): void {
    this.#isBusy = true;
    this.#waiting = [];
    this.#road.onFailure();
  }
}

/** How many of these frames one POST may carry (P42): at least one, which is no larger than a frame may be. */
function fitting(frames: readonly string[]): number {
  let bytes = 1;
  const most = Math.min(frames.length, limits.messagesAtOnce);
  for (let n = 0; n < most; n++) {
    bytes += new TextEncoder().encode(frames[n]).length + 1;
    if (bytes > limits.frameBytes) return Math.max(1, n);
  }
  return most;
}

/** Frames that wait for the POST under way; the outbox holds far fewer. */
const MOST_WAITING = 1_000;
