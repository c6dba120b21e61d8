import type { Notification as Rung } from "@carillon/protocol";
import { isHigh, keyOf } from "../../store/toasts.ts";
import { unseenIn, type View } from "../../store/view.ts";
import { allWordsIn } from "../../words/all.ts";
import { language } from "../../words/language.ts";
import { showInbox } from "../panes/show-inbox.ts";

/** Notices that stand beside each other; what rings beyond is told as one count. */
const STANDING = 3;
const MORE = "more";

/** The system's notices of one user, for as long as what they tell is news. */
export class Notices {
  readonly #uid: string;
  readonly #standing = new Map<string, Notification>();
  #counted = 0;

  constructor(uid: string) {
    this.#uid = uid;
  }

  show(rung: readonly Rung[]): void {
    if (rung.length + this.#standing.size > STANDING) return this.#count(rung.length);
    for (const one of rung) this.#put(keyOf(one), one.from, { body: one.text, requireInteraction: isHigh(one) });
  }

  /** What is read, seen, taken back or otherwise gone from the log has no notice any more. */
  follow(view: View): void {
    const news = new Set(view.notifications.filter(({ seen, read }) => !seen && !read).map(keyOf));
    for (const key of this.#standing.keys()) if (key !== MORE && !news.has(key)) this.#close(key);
    if (unseenIn(view) === 0) this.#close(MORE);
  }

  closeAll(): void {
    for (const key of this.#standing.keys()) this.#close(key);
  }

  #count(fresh: number): void {
    this.#counted += fresh;
    this.#put(MORE, allWordsIn(language.getState()).toasts.alone(this.#counted), {});
  }

  #put(key: string, title: string, options: NotificationOptions): void {
    this.#standing.get(key)?.close();
    // Another tab that rings the same replaces it, and does not double it.
    const notice = notify(title, { ...options, tag: `carillon ${this.#uid} ${key}` });
    if (notice === undefined) return;
    this.#standing.set(key, notice);
    notice.addEventListener("click", () => {
      focus();
      showInbox();
      this.#close(key);
    });
  }

  #close(key: string): void {
    this.#standing.get(key)?.close();
    this.#standing.delete(key);
    if (key === MORE) this.#counted = 0;
  }
}

/** Some browsers know the name, and let only service workers use it. */
function notify(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options);
  } catch {
    return undefined;
  }
}
