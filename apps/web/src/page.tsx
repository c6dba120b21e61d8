import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { runBell } from "./features/bell/run-bell.ts";
import { arrive } from "./features/sign-in/arrive.ts";
import { storageOf } from "./storage.ts";
import { runAlerts } from "./store/alerts.ts";
import { runClock } from "./store/clock.ts";
import { runSingleKeys } from "./store/single-keys.ts";
import { runTheme } from "./store/theme.ts";
import { runToastTime } from "./store/toast-time.ts";
import { toasts } from "./store/toasts.ts";
import { speak } from "./words/language.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

const storage = storageOf("localStorage");
const spoken = speak(storage, navigator.languages, document.documentElement);
runTheme(storage, document.documentElement);
runSingleKeys(storage);
runAlerts(storage);
runBell();
runClock(document);
const toastTime = runToastTime(toasts, () => document.visibilityState === "visible");

addEventListener("popstate", arrive);
arrive();

// Nothing is drawn in words that go again. What index.html holds goes when this stands; meanwhile others may have the thread, too.
void spoken.then(() => {
  startTransition(() => {
    createRoot(root).render(
      <StrictMode>
        <App toastTime={toastTime} />
      </StrictMode>,
    );
  });
});
