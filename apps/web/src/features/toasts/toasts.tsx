import { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { STANDING } from "../../store/toasts.ts";
import type { ToastTime } from "../../store/toast-time.ts";
import { useAllWords } from "../../words/all.ts";
import { CaughtUpToast } from "./caught-up-toast.tsx";
import { CAUGHT_UP, manager, runManager, type Shown } from "./manager.ts";
import { MoreToast } from "./more-toast.tsx";
import { RungToast } from "./rung-toast.tsx";

/** The corner where notifications ring. Time stands still while a pointer or the keyboard is in it. */
export function Toasts({ time }: { readonly time: ToastTime }) {
  return (
    <>
      <Toast.Provider toastManager={manager} timeout={0} limit={STANDING + 2}>
        <Corner time={time} />
      </Toast.Provider>
      <Drawing />
    </>
  );
}

// Behind the provider, which does not hear the manager before it is drawn.
function Drawing() {
  useEffect(runManager, []);
  return null;
}

function Corner({ time }: { readonly time: ToastTime }) {
  const { toasts: words } = useAllWords();
  const { toasts } = Toast.useToastManager<Shown>();
  return (
    <Toast.Viewport
      aria-label={words.label}
      onPointerEnter={() => time.hold("pointer", true)}
      onPointerLeave={() => time.hold("pointer", false)}
      onFocus={({ target }) => time.hold("keyboard", target.matches(":focus-visible"))}
      onBlur={() => time.hold("keyboard", false)}
      className="fixed inset-x-3 top-[calc(var(--bar,48px)+var(--spacing)*11+8px)] z-20 mx-auto flex max-w-90 flex-col wide:inset-x-auto wide:end-6 wide:top-auto wide:bottom-6 wide:w-90 wide:flex-col-reverse"
    >
      {toasts.map((toast) => (toast.type === CAUGHT_UP ? <CaughtUpToast key={toast.id} toast={toast} /> : null))}
      {toasts.map((toast) =>
        toast.data?.notification === undefined ? null : (
          <RungToast key={toast.id} toast={toast} notification={toast.data.notification} />
        ),
      )}
      {toasts.map((toast) =>
        toast.data?.notification === undefined && toast.type !== CAUGHT_UP ? (
          <MoreToast key={toast.id} toast={toast} />
        ) : null,
      )}
    </Toast.Viewport>
  );
}
