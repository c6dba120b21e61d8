import { Suspense } from "react";
import { useStore } from "zustand";
import { ComposeForm } from "./features/compose/compose-form.tsx";
import { NotLoaded } from "./features/inbox/not-loaded.tsx";
import { OverPage } from "./features/layers/over-page.tsx";
import { Panes } from "./features/panes/panes.tsx";
import { PageTitle } from "./features/top-bar/page-title.tsx";
import { TopBar } from "./features/top-bar/top-bar.tsx";
import type { ToastTime } from "./store/toast-time.ts";
import { session } from "./store/session.ts";
import { later } from "./ui/later.ts";
import { Skeleton } from "./ui/skeleton.tsx";
import { useWords } from "./words/index.ts";

// Nothing can stand in these before the hub has answered: their code comes while it is asked. What rings before waits in the store.
const stay = () => import("./stay.ts");
const Inbox = later(async () => (await stay()).Inbox, { instead: NotLoaded, soon: true });
const Sent = later(async () => (await stay()).Sent);
const Toasts = later(async () => (await stay()).Toasts);
const SignIn = later(async () => (await import("./features/sign-in/sign-in.tsx")).SignIn, { instead: NotLoaded });

/** The page. */
export function App({ toastTime }: { readonly toastTime: ToastTime }) {
  const uid = useStore(session, (now) => (now.at === "in" ? now.uid : undefined));
  return (
    <div className="flex min-h-dvh flex-col wide:h-dvh">
      <PageTitle />
      <TopBar />
      <Suspense>{uid === undefined ? <SignIn /> : <Panes key={uid} write={<Write />} inbox={<Read />} />}</Suspense>
      <OverPage />
      <Suspense>
        <Toasts time={toastTime} />
      </Suspense>
    </div>
  );
}

function Read() {
  const { page: words } = useWords();
  return (
    <Suspense fallback={<Skeleton label={words.loading} />}>
      <Inbox />
    </Suspense>
  );
}

function Write() {
  const { panes } = useWords();
  return (
    <div className="flex flex-col gap-8">
      <section aria-labelledby="write-title" className="flex flex-col gap-4">
        <h1 id="write-title" className="text-title leading-8 font-bold max-wide:sr-only">
          {panes.write}
        </h1>
        <ComposeForm />
      </section>
      <Suspense>
        <Sent />
      </Suspense>
    </div>
  );
}
