import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";

/** Rows drawn at first, and with each press on the button. */
const STEP = 100;

/** What the end of a growing list says. */
export type OlderWords = {
  /** Names the button that shows so many more. */
  readonly some: (count: number) => string;
  /** Names the button that fetches what is not here yet, as long as there is any. */
  readonly fetch: string;
  readonly fetching: string;
  readonly failed: string;
  readonly end: string;
};

type GrowingListProps<Item> = {
  /** Newest first. */
  readonly items: readonly Item[];
  /** Draws one; a keyed `<li>`. */
  readonly row: (item: Item) => ReactNode;
  /** Whether there is nothing older than the last item. */
  readonly complete: boolean;
  /** Puts older ones behind the last item; rejects if there are none to be had now. */
  readonly fetchOlder: () => Promise<void>;
  readonly words: OlderWords;
};

/** A list that may be very long: the newest rows, and older ones when they are asked for. */
export function GrowingList<Item>({ items, row, complete, fetchOlder, words }: GrowingListProps<Item>) {
  const [shown, setShown] = useState(STEP);
  const [fetch, setFetch] = useState<"untried" | "underway" | "failed" | "done">("untried");
  const hidden = Math.max(0, items.length - shown);

  const showMore = () => {
    if (fetch === "underway") return;
    if (hidden > 0) return setShown(shown + STEP);
    setFetch("underway");
    fetchOlder().then(
      () => {
        setShown((before) => before + STEP);
        setFetch("done");
      },
      () => setFetch("failed"),
    );
  };

  return (
    <>
      <ul>{items.slice(0, shown).map(row)}</ul>
      {hidden > 0 || !complete ? (
        <div className="my-4 flex flex-wrap items-center gap-3">
          <Button look="plain" aria-disabled={fetch === "underway"} onClick={showMore}>
            {hidden > 0 ? words.some(Math.min(hidden, STEP)) : words.fetch}
          </Button>
          <p role="status" className="text-small text-quiet empty:hidden">
            {fetch === "underway" && words.fetching}
            {fetch === "failed" && words.failed}
          </p>
        </div>
      ) : (
        fetch === "done" && (
          // In place of the button that was pressed, so that the keyboard keeps its place.
          <p ref={takeFocus} tabIndex={-1} className="my-4 text-small text-quiet">
            {words.end}
          </p>
        )
      )}
    </>
  );
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
