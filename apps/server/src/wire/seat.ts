/** Those of one network who are here, by number. */
export type Crowd = { readonly network: string; connections: number; strangers: number };

/** What a socket or stream holds from before its upgrade to its end. */
export class Seat {
  readonly #crowd: Crowd;
  readonly #connections: 0 | 1;
  readonly #onLeft: (crowd: Crowd) => void;
  #is: "a stranger's" | "taken" | "empty" = "a stranger's";

  /** @param connections how many it counts for, beside those that were counted when they were accepted. */
  constructor(crowd: Crowd, connections: 0 | 1, onLeft: (crowd: Crowd) => void) {
    this.#crowd = crowd;
    this.#connections = connections;
    this.#onLeft = onLeft;
    crowd.connections += connections;
    crowd.strangers += 1;
  }

  /** It has said who it is. */
  known(): void {
    if (this.#is !== "a stranger's") return;
    this.#is = "taken";
    this.#crowd.strangers -= 1;
  }

  /** It is gone. */
  leave(): void {
    if (this.#is === "empty") return;
    this.known();
    this.#is = "empty";
    this.#crowd.connections -= this.#connections;
    this.#onLeft(this.#crowd);
  }
}
