import { openOver, over } from "../../store/over.ts";
import { singleKeys } from "../../store/single-keys.ts";
import { commandOf, type Command, isSingleKey } from "./keys.ts";

/** A feed on the page, for the keys. */
export type Deck = {
  readonly isShown: () => boolean;
  /** Whether it did something. */
  readonly run: (command: Exclude<Command, "help">) => boolean;
};

// The last one is in front of the others.
let decks: readonly Deck[] = [];

/** Puts a deck in front of those that are there. Returns how to take it away. */
export function bringDeck(deck: Deck): () => void {
  decks = [...decks, deck];
  return () => {
    decks = decks.filter((one) => one !== deck);
  };
}

/** Does what a key asks of the feed in front, unless somebody is typing, or another layer has the keyboard. */
export function onKey(event: KeyboardEvent): void {
  const command = commandOf(event);
  if (command === undefined || event.defaultPrevented || isElsewhere(event.target)) return;
  if (isSingleKey(event) && singleKeys.getState() === "off") return;
  // Enter presses what has the keyboard; only on a row as a whole it opens the row.
  if (!isSingleKey(event) && !(event.target instanceof Element && event.target.matches("[data-row]"))) return;
  if (command === "help") openOver("keys");
  else if (!decks.findLast((deck) => deck.isShown())?.run(command)) return;
  event.preventDefault();
}

function isElsewhere(target: EventTarget | null): boolean {
  if (over.getState().some((layer) => layer !== "inbox")) return true;
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
