import { useStore } from "zustand";
import { session } from "../../store/session.ts";
import { unseenIn, view } from "../../store/view.ts";
import { useWords } from "../../words/index.ts";
import { capped } from "./capped.ts";

/** What the browser's tab says: who is here, and how many notifications are not seen yet. */
export function PageTitle() {
  const { title } = useWords();
  const uid = useStore(session, (now) => (now.at === "in" ? now.uid : undefined));
  const unseen = useStore(view, unseenIn);
  if (uid === undefined) return <title>Carillon</title>;
  return <title>{`${unseen > 0 ? `(${capped(unseen)}) ` : ""}${title(uid)}`}</title>;
}
