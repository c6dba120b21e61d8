import type { Clock } from "./clock.ts";
import type { ClientSocket, SocketFactory } from "./socket.ts";

/** A socket that is opened to see whether it opens, and closed again. */
export class Trial {
  readonly #socket: ClientSocket;
  readonly #cancelTimer: () => void;
  #isOver = false;

  constructor(socket: SocketFactory, url: string, clock: Clock, onOpen: () => void) {
    this.#cancelTimer = clock.after(TRIAL_MS, () => this.end());
    this.#socket = socket(url, {
      onOpen: () => {
        if (this.#isOver) return;
        this.end();
        onOpen();
      },
      onFrame: () => {},
      onClose: () => this.end(),
    });
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelTimer();
    this.#socket.close(1000);
  }
}

/** How long it may take to open. */
const TRIAL_MS = 5_000;
