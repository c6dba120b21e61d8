import { useStore } from "zustand";
import { ComposeForm } from "./features/compose/compose-form.tsx";
import { Inbox } from "./features/inbox/inbox.tsx";
import { Panes } from "./features/panes/panes.tsx";
import { Sent } from "./features/sent/sent.tsx";
import { SignIn } from "./features/sign-in/sign-in.tsx";
import { Toasts } from "./features/toasts/toasts.tsx";
import { TopBar } from "./features/top-bar/top-bar.tsx";
import type { ToastTime } from "./store/toast-time.ts";
import { session } from "./store/session.ts";
import { useWords } from "./words/index.ts";

/** The page. */
export function App({ toastTime }: { readonly toastTime: ToastTime }) {
  const uid = useStore(session, (now) => (now.at === "in" ? now.uid : undefined));
  const { title } = useWords();
  return (
    <div className="flex min-h-dvh flex-col wide:h-dvh">
      <title>{uid === undefined ? "Carillon" : title(uid)}</title>
      <TopBar />
      {uid === undefined ? <SignIn /> : <Panes key={uid} write={<Write />} inbox={<Inbox />} />}
      <Toasts time={toastTime} />
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
