import { decodeDown, type Up } from "@carillon/protocol";
import type { ClientOptions } from "./api.ts";
import type { Clock } from "./clock.ts";
import type { Transport } from "./machine/choice.ts";
import type { Event, TokenNeed } from "./machine/state.ts";
import { type ClientSocket, type SocketFactory, webSocket } from "./socket.ts";
import { eventStream } from "./stream/event-stream.ts";
import { Trial } from "./trial.ts";

type Options = Pick<ClientOptions, "url" | "token" | "socket" | "stream">;

/** The one token, socket and timer that a client has at a time. What they say happens, unless another has taken their place. */
export class Wires {
  readonly #options: Options;
  readonly #clock: Clock;
  readonly #happen: (event: Event) => void;
  #socket: ClientSocket | undefined;
  #trial: Trial | undefined;
  #cancelTimer = () => {};
  /** Counts requests for a token: an answer to an older one is not heard. */
  #tokenRequests = 0;

  constructor(options: Options, clock: Clock, happen: (event: Event) => void) {
    this.#options = options;
    this.#clock = clock;
    this.#happen = happen;
  }

  askToken(why: TokenNeed): void {
    const request = ++this.#tokenRequests;
    const ifStillAsked = (event: Event) => {
      if (request === this.#tokenRequests) this.#happen(event);
    };
    promised(() => this.#options.token(why)).then(
      (token) => ifStillAsked({ on: "token", token }),
      () => ifStillAsked({ on: "noToken" }),
    );
  }

  openSocket(transport: Transport): void {
    const fromThis = (event: Event) => {
      if (this.#socket === socket) this.#happen(event);
    };
    const socket = this.#factories()[transport](this.#options.url, {
      onOpen: () => fromThis({ on: "opened" }),
      onFrame: (frame) => {
        const decoded = decodeDown(frame);
        if (decoded.ok) fromThis({ on: "frame", message: decoded.message }); // P4: what it does not know, it ignores.
      },
      onClose: (code, reason) => fromThis({ on: "closed", code, reason }),
    });
    this.#socket = socket;
  }

  dropSocket(): void {
    const socket = this.#socket;
    this.#socket = undefined; // First: whatever it still says is not heard.
    socket?.close(1000);
    this.#trial?.end();
  }

  tryWebSocket(): void {
    this.#trial?.end();
    this.#trial = new Trial(this.#factories().websocket, this.#options.url, this.#clock, () =>
      this.#happen({ on: "webSocketOpens" }),
    );
  }

  transmit(message: Up): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #factories(): Readonly<Record<Transport, SocketFactory>> {
    return { websocket: this.#options.socket ?? webSocket, stream: this.#options.stream ?? eventStream };
  }

  setTimer(ms: number | undefined): void {
    this.#cancelTimer();
    this.#cancelTimer = ms === undefined ? () => {} : this.#clock.after(ms, () => this.#happen({ on: "timer" }));
  }
}

/** What an application's function throws at once is a rejection like any other. */
function promised<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return ask();
  } catch (error) {
    return Promise.reject(error);
  }
}
