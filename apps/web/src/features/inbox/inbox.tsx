import { useEffect } from "react";
import { onKey } from "./decks.ts";
import { Feed } from "./feed.tsx";
import { FeedBar } from "./feed-bar.tsx";

const TITLE = "inbox-title";

/** The inbox as a pane of the page. While it is there, so are its keys. */
export function Inbox() {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return (
    <section aria-labelledby={TITLE}>
      <div className="z-5 -mx-3 bg-paper px-3 pb-2 wide:sticky wide:-top-6 wide:-mt-6 wide:pt-6">
        <FeedBar titleId={TITLE} of="pane" />
      </div>
      <Feed titleId={TITLE} />
    </section>
  );
}
