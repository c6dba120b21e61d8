import { discard } from "../../hub.ts";
import { address, write } from "../../store/compose.ts";
import { focusOn } from "../compose/focus.ts";

/** Takes a refused draft back into the form, to be changed and sent anew under an id of its own. */
export function edit(id: string): void {
  const draft = discard(id);
  if (draft === undefined) return;
  address(draft.to, draft.thread);
  write({ text: draft.text });
  focusOn("text");
}
