import { useEffect, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { session } from "../../store/session.ts";
import { unseenIn, view } from "../../store/view.ts";
import { useWords } from "../../words/index.ts";
import { capped } from "./capped.ts";
import { iconFor } from "./tab-icon.ts";

/** What the browser's tab says: who is here, and how many notifications are not seen yet; behind other tabs, also by its icon. */
export function PageTitle() {
  const { title } = useWords();
  const uid = useStore(session, (now) => (now.at === "in" ? now.uid : undefined));
  const unseen = useStore(view, unseenIn);
  const hidden = useSyncExternalStore(onSight, () => document.visibilityState === "hidden");
  const text = uid === undefined ? "Carillon" : `${unseen > 0 ? `(${capped(unseen)}) ` : ""}${title(uid)}`;
  useEffect(() => {
    document.querySelector("link[rel=icon]")?.setAttribute("href", iconFor(hidden ? unseen : 0));
  }, [hidden, unseen]);
  return <title>{text}</title>;
}

function onSight(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}
