import type { Question } from "./calls.ts";

/**
 * Questions on their way to the database's thread. To wake it costs several times what most answers do, so that all which come in one
 * turn of the event loop go together; and those that are in no hurry, soon after others have gone, wait a moment for company.
 */
export class Questions {
  readonly #ask: (questions: readonly Question[]) => void;
  #waiting: Question[] = [];
  #askedAt = -Infinity;
  #soon: NodeJS.Timeout | undefined;
  #isNext = false;

  constructor(ask: (questions: readonly Question[]) => void) {
    this.#ask = ask;
  }

  add(question: Question, hurry: "now" | "soon"): void {
    this.#waiting.push(question);
    if (this.#isNext) return;
    const wait = hurry === "now" ? 0 : this.#askedAt + COMPANY_MS - performance.now();
    if (wait > 0) this.#soon ??= setTimeout(() => this.flush(), wait);
    else {
      this.#isNext = true;
      setImmediate(() => this.flush());
    }
  }

  /** Asks all that wait. */
  flush(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#isNext = false;
    if (this.#waiting.length === 0) return;
    this.#askedAt = performance.now();
    const questions = this.#waiting;
    this.#waiting = [];
    this.#ask(questions);
  }
}

/** Milliseconds from one message until the next that is in no hurry: who comes alone does not wait at all. */
const COMPANY_MS = 2;
