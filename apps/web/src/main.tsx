import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { arrive } from "./features/sign-in/arrive.ts";
import { runClock } from "./store/clock.ts";
import { runTheme } from "./store/theme.ts";
import { runToastTime } from "./store/toast-time.ts";
import { toasts } from "./store/toasts.ts";
import { speak } from "./words/language.ts";
import "./styles.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

speak(localStorage, navigator.languages, document.documentElement);
runTheme(localStorage, document.documentElement);
runClock(document);
const toastTime = runToastTime(toasts, () => document.visibilityState === "visible");

addEventListener("popstate", arrive);
arrive();

createRoot(root).render(
  <StrictMode>
    <App toastTime={toastTime} />
  </StrictMode>,
);
