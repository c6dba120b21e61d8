import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";

/** Rows drawn at first, and with each press on the button. */
const STEP = 100;

type GrowingListProps<Item> = {
  /** Newest first. */
  readonly items: readonly Item[];
  /** Draws one; a keyed `<li>`. */
  readonly row: (item: Item) => ReactNode;
  /** Names the button that shows so many more. */
  readonly older: (count: number) => string;
};

/** A list that may be very long: the newest rows, and older ones when they are asked for. */
export function GrowingList<Item>({ items, row, older }: GrowingListProps<Item>) {
  const [shown, setShown] = useState(STEP);
  const hidden = items.length - shown;
  return (
    <>
      <ul>{items.slice(0, shown).map(row)}</ul>
      {hidden > 0 && (
        <Button look="plain" className="my-4" onClick={() => setShown(shown + STEP)}>
          {older(Math.min(hidden, STEP))}
        </Button>
      )}
    </>
  );
}
