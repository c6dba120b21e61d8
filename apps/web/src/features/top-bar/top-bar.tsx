import { useStore } from "zustand";
import { session } from "../../store/session.ts";
import { Wordmark } from "../../ui/wordmark.tsx";
import { ConnectionLine } from "../connection/connection-line.tsx";
import { Bell } from "./bell.tsx";
import { SettingsButton } from "./settings-button.tsx";
import { Who } from "./who.tsx";

/** The slim bar above everything. */
export function TopBar() {
  const signedIn = useStore(session, (now) => now.at === "in");
  return (
    <header ref={tellHeight} className="z-10 border-b border-line bg-paper max-wide:sticky max-wide:top-0">
      <div className="mx-auto flex min-h-12 max-w-300 flex-wrap items-center gap-x-3 px-3 wide:px-6 [&_:focus-visible]:outline-offset-[-2px]">
        <Wordmark />
        <span className="flex-1" />
        {signedIn && <ConnectionLine />}
        <span className="flex items-center">
          {signedIn && <Bell />}
          <SettingsButton />
        </span>
        {signedIn && <Who />}
      </div>
    </header>
  );
}

/** As `--bar`, for what hangs below it: with a sentence on a narrow screen it is higher. */
function tellHeight(bar: HTMLElement | null): (() => void) | undefined {
  if (bar === null) return undefined;
  const observer = new ResizeObserver(() => {
    document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  });
  observer.observe(bar);
  return () => observer.disconnect();
}
