import { isAtTop, scrollerOf } from "./scroller.ts";
import { beginningsOf, type Stretch, stretchBetween } from "./stretch.ts";

/**
 * Pixels beyond the screen that are drawn at least; when they are not, this many are. The distance between the two makes a scroll
 * of several rows cost one drawing, and lets the measure of a row that was guessed wrong call for no other drawing.
 */
const BEYOND = { least: 300, most: 800 };
/** Pixels before the end of the list at which more of it is wanted. */
const NEAR_END = 1_200;

/** A row on screen, and where it stands in what scrolls. */
type Anchor = { readonly key: string; readonly place: number };

/** What is known of a list that is drawn in part: how high its rows are, and which of them were in sight last. */
export class RowsInSight {
  readonly #heights = new Map<string, number>();
  #anchors: readonly Anchor[] = [];
  #beginnings: { readonly keys: readonly string[]; readonly of: Float64Array } | undefined;

  /** Where each row begins; one that was never drawn is taken to be as high as `guess`. */
  beginnings(keys: readonly string[], guess: number): Float64Array {
    if (this.#beginnings?.keys !== keys)
      this.#beginnings = { keys, of: beginningsOf(keys.map((key) => this.#heights.get(key) ?? guess)) };
    return this.#beginnings.of;
  }

  /** Takes the measure of the rows that are drawn. */
  measure(list: HTMLElement): void {
    for (const row of rowsOf(list)) {
      const key = row.dataset["row"] ?? "";
      const { height } = row.getBoundingClientRect();
      if (height === 0 || Math.abs(height - (this.#heights.get(key) ?? 0)) < 0.5) continue;
      this.#heights.set(key, height);
      this.#beginnings = undefined;
    }
  }

  /** Rows that were in sight stay where they were, whatever came or went above them; at the top, what comes is seen coming. */
  hold(list: HTMLElement): void {
    const scroller = scrollerOf(list);
    if (isAtTop(scroller) || !isShown(list)) return;
    const places = new Map(anchorsIn(list, scroller).map(({ key, place }) => [key, place]));
    const stayed = this.#anchors.find(({ key }) => places.has(key));
    const moved = stayed === undefined ? 0 : (places.get(stayed.key) ?? 0) - stayed.place;
    if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
  }

  /** Takes note of the rows that are in sight. */
  note(list: HTMLElement): void {
    this.#anchors = anchorsIn(list, scrollerOf(list)).filter(({ inSight }) => inSight);
  }

  /** Wherever the list is led now, no row holds it back. */
  letGo(): void {
    this.#anchors = [];
  }
}

/** What is to be drawn as the page stands now: what is, if that is enough. */
export function stretchInSight(list: HTMLElement, beginnings: Float64Array, now: Stretch): Stretch {
  if (!isShown(list)) return now;
  const { top } = list.getBoundingClientRect();
  const within = (beyond: number) => stretchBetween(beginnings, -top - beyond, innerHeight - top + beyond);
  const least = within(BEYOND.least);
  return now.first <= least.first && now.end >= least.end ? now : within(BEYOND.most);
}

export function isNearEnd(list: HTMLElement): boolean {
  return isShown(list) && list.getBoundingClientRect().bottom - innerHeight < NEAR_END;
}

/** The row of this key, if it is drawn. */
export function rowIn(list: HTMLElement, key: string): HTMLElement | undefined {
  return rowsOf(list).find((row) => row.dataset["row"] === key);
}

/** The key of the first row of which more than a sliver is in sight. */
export function firstInSight(list: HTMLElement): string | undefined {
  const { top } = scrollerOf(list).getBoundingClientRect();
  const first = rowsOf(list).find((row) => row.getBoundingClientRect().bottom > Math.max(0, top) + 40);
  return first?.dataset["row"];
}

export function isShown(list: HTMLElement): boolean {
  return list.getClientRects().length > 0;
}

function anchorsIn(list: HTMLElement, scroller: Element): (Anchor & { readonly inSight: boolean })[] {
  const { scrollTop } = scroller;
  const { top: above } = scroller.getBoundingClientRect();
  return rowsOf(list).map((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    const inSight = bottom > Math.max(0, above) && top < innerHeight;
    return { key: row.dataset["row"] ?? "", place: top + scrollTop, inSight };
  });
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.children].filter((row) => row instanceof HTMLElement);
}
