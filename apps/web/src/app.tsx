import { type ComponentType, lazy, Suspense } from "react";
import { useStore } from "zustand";
import { ComposeForm } from "./features/compose/compose-form.tsx";
import { Inbox } from "./features/inbox/inbox.tsx";
import { OverPage } from "./features/layers/over-page.tsx";
import { Panes } from "./features/panes/panes.tsx";
import { Sent } from "./features/sent/sent.tsx";
import { SignIn } from "./features/sign-in/sign-in.tsx";
import { PageTitle } from "./features/top-bar/page-title.tsx";
import { TopBar } from "./features/top-bar/top-bar.tsx";
import type { ToastTime } from "./store/toast-time.ts";
import { session } from "./store/session.ts";
import { useWords } from "./words/index.ts";

// A fifth of the code, which the page does not need until something rings. What rings meanwhile waits in the store.
const Toasts = lazy<ComponentType<{ readonly time: ToastTime }>>(async () => {
  try {
    return { default: (await import("./features/toasts/toasts.tsx")).Toasts };
  } catch (error) {
    console.error(error); // A hub that went away meanwhile: the rest of the page is here, and works.
    return { default: () => null };
  }
});

/** The page. */
export function App({ toastTime }: { readonly toastTime: ToastTime }) {
  const uid = useStore(session, (now) => (now.at === "in" ? now.uid : undefined));
  return (
    <div className="flex min-h-dvh flex-col wide:h-dvh">
      <PageTitle />
      <TopBar />
      {uid === undefined ? <SignIn /> : <Panes key={uid} write={<Write />} inbox={<Inbox />} />}
      <OverPage />
      <Suspense>
        <Toasts time={toastTime} />
      </Suspense>
    </div>
  );
}

function Write() {
  const { panes } = useWords();
  return (
    <div className="flex flex-col gap-8">
      <section aria-labelledby="write-title" className="flex flex-col gap-4">
        <h1 id="write-title" className="text-title font-bold max-wide:sr-only">
          {panes.write}
        </h1>
        <ComposeForm />
      </section>
      <Sent />
    </div>
  );
}
