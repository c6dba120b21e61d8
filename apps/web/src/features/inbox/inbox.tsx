import { useWords } from "../../words/index.ts";
import { Feed } from "./feed.tsx";
import { FeedBar } from "./feed-bar.tsx";

const TITLE = "inbox-title";

/** The inbox as a pane of the page. */
export function Inbox() {
  const { inbox: words } = useWords();
  return (
    <section aria-labelledby={TITLE}>
      <div className="z-5 -mx-3 bg-paper px-3 pb-2 wide:sticky wide:-top-6 wide:-mt-6 wide:pt-6">
        <h2 id={TITLE} tabIndex={-1} className="mb-1 text-title font-bold max-wide:sr-only">
          {words.title}
        </h2>
        <FeedBar />
      </div>
      <Feed titleId={TITLE} />
    </section>
  );
}
