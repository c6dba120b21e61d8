import { useEffect, useEffectEvent } from "react";
import type { ListHandle } from "../../ui/virtual-list.tsx";
import { bringDeck, type Deck } from "./decks.ts";

/** A list listens to the keys for as long as it is on the page. */
export function useDeck(list: { readonly current: ListHandle | null }, runOn: Deck["run"]): void {
  const run = useEffectEvent(runOn);
  useEffect(
    () => bringDeck({ isShown: () => list.current?.isShown() ?? false, run: (command) => run(command) }),
    [list],
  );
}
