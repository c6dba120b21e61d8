import { useEffect } from "react";
import { closeOver } from "../../store/over.ts";
import { Button } from "../../ui/button.tsx";
import { WidenIcon } from "../../ui/row-icons.tsx";
import { useAllWords } from "../../words/all.ts";
import { Feed } from "../inbox/feed.tsx";
import { FeedBar } from "../inbox/feed-bar.tsx";
import { showInbox } from "../panes/show-inbox.ts";
import { useInboxInSight } from "../panes/use-inbox-in-sight.ts";
import { Hanging } from "./hanging.tsx";

const TITLE = "bell-title";

/** The inbox under the bell. */
export function BellPopover() {
  const { inbox: words } = useAllWords();
  const isInSight = useInboxInSight();
  useEffect(() => {
    if (isInSight) closeOver("inbox"); // The window was made wider.
  }, [isInSight]);
  return (
    <Hanging
      layer="inbox"
      titleId={TITLE}
      className="flex max-h-[min(40rem,var(--available-height))] w-[min(27rem,calc(100vw-16px))] flex-col"
    >
      <section aria-labelledby={TITLE} className="flex min-h-0 flex-1 flex-col">
        <div className="border-b border-line px-4 pt-3 pb-1.5">
          <FeedBar
            titleId={TITLE}
            of="layer"
            aside={
              <Button look="icon" className="-me-2" aria-label={words.asPane} title={words.asPane} onClick={goToPane}>
                <WidenIcon />
              </Button>
            }
          />
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4">
          <Feed titleId={TITLE} />
        </div>
      </section>
    </Hanging>
  );
}

function goToPane(): void {
  closeOver("inbox");
  showInbox();
}
