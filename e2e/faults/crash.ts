import type { Hub } from "../fixtures/hub.ts";
import type { Dice } from "./random.ts";

/** Pulls the plug of a hub, and puts it back. */
export class CrashRunner {
  readonly #hub: Hub;
  readonly #dice: Dice;

  constructor(hub: Hub, dice: Dice) {
    this.#hub = hub;
    this.#dice = dice;
  }

  /**
   * SIGKILL at a moment that the dice choose: when `progress` has grown by up to `within`, and then some turns of the event loop
   * later, so that no moment of a commit is spared.
   * @param until resolves when `progress` is at least that.
   */
  async kill(progress: () => number, until: (least: number) => Promise<void>, within: number): Promise<void> {
    await until(progress() + this.#dice.below(within));
    for (let turns = this.#dice.below(20); turns > 0; turns -= 1) await new Promise(setImmediate);
    await this.#hub.kill();
  }

  /** On the same file and port. */
  restart(): Promise<void> {
    return this.#hub.start();
  }
}
