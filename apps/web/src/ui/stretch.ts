/** A stretch of a list: items from `first` up to, but not including, `end`. */
export type Stretch = { readonly first: number; readonly end: number };

/** Where each item begins, measured from the beginning of the list, and at last where the list ends. */
export function beginningsOf(heights: readonly number[]): Float64Array {
  const beginnings = new Float64Array(heights.length + 1);
  let sum = 0;
  for (const [index, height] of heights.entries()) {
    sum += height;
    beginnings[index + 1] = sum;
  }
  return beginnings;
}

/** The items of which anything lies between two heights; rounded to whole steps, so that it changes once for several items. */
export function stretchBetween(beginnings: Float64Array, from: number, to: number): Stretch {
  const count = beginnings.length - 1;
  const first = Math.floor(itemAt(beginnings, from) / STEP) * STEP;
  const end = Math.ceil((itemAt(beginnings, to) + 1) / STEP) * STEP;
  return { first: Math.max(0, Math.min(first, count)), end: Math.min(end, count) };
}

const STEP = 4;

/** What is drawn of a list, in order: the stretch and, wherever they stand, the items that must not go; with the room before each. */
export function drawn(
  beginnings: Float64Array,
  { first, end }: Stretch,
  kept: readonly number[],
): readonly { readonly index: number; readonly room: number }[] {
  const count = beginnings.length - 1;
  const indexes = new Set(kept.filter((index) => index >= 0 && index < count));
  for (let index = first; index < Math.min(end, count); index++) indexes.add(index);
  let passed = 0;
  return [...indexes]
    .toSorted((a, b) => a - b)
    .map((index) => {
      const room = (beginnings[index] ?? 0) - passed;
      passed = beginnings[index + 1] ?? 0;
      return { index, room };
    });
}

/** The last item that begins at this height or before it. */
function itemAt(beginnings: Float64Array, height: number): number {
  let low = 0;
  let high = beginnings.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((beginnings[middle] ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
