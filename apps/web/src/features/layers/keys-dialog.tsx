import { useStore } from "zustand";
import { closeOver, over } from "../../store/over.ts";
import { singleKeys } from "../../store/single-keys.ts";
import { Button } from "../../ui/button.tsx";
import { CloseIcon } from "../../ui/icons.tsx";
import { useWords } from "../../words/index.ts";
import { KEYS } from "../inbox/keys.ts";

/** What the keys do. */
export function KeysDialog() {
  const isOpen = useStore(over, (layers) => layers.includes("keys"));
  return isOpen ? <Dialog /> : null;
}

function Dialog() {
  const { keys: words, toasts } = useWords();
  const single = useStore(singleKeys, (now) => now === "on");
  return (
    <dialog
      ref={showModal}
      aria-labelledby="keys-title"
      onClose={close}
      className="m-auto w-[min(26rem,calc(100vw-16px))] rounded-float border border-line bg-raised p-0 text-ink shadow-float backdrop:bg-shade"
    >
      <div className="flex flex-col gap-3 p-4">
        <div className="flex items-center justify-between">
          <h2 id="keys-title" className="text-body font-bold">
            {words.title}
          </h2>
          <Button look="icon" className="-me-2" aria-label={toasts.dismiss} title={toasts.dismiss} onClick={close}>
            <CloseIcon />
          </Button>
        </div>
        {!single && <p className="text-small leading-words text-quiet">{words.off}</p>}
        <dl className={`grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2 ${single ? "" : "text-quiet"}`}>
          {KEYS.map(({ command, keys }) => (
            <div key={command} className="contents">
              <dt>{words.commands[command]}</dt>
              <dd className="flex justify-end gap-1.5">
                {keys.map((key) => (
                  <kbd
                    key={key}
                    className="min-w-6 rounded-[6px] border border-line bg-wash px-1.5 py-0.5 text-center font-sans text-small"
                  >
                    {key}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  );
}

// The browser keeps the keyboard inside, and gives it back where it was.
function showModal(dialog: HTMLDialogElement | null): (() => void) | undefined {
  if (dialog === null) return undefined;
  if (!dialog.open) dialog.showModal();
  dialog.addEventListener("keydown", keepEscape);
  dialog.addEventListener("click", closeBeside);
  return () => {
    dialog.removeEventListener("keydown", keepEscape);
    dialog.removeEventListener("click", closeBeside);
    dialog.close();
  };
}

function close(): void {
  closeOver("keys");
}

/** Escape closes what was opened last, and only that: the layers below do not hear of it. */
function keepEscape(event: KeyboardEvent): void {
  if (event.key === "Escape") event.stopPropagation();
}

/** A press on what lies around the dialog is one on the dialog itself, not on what it holds. */
function closeBeside({ target, currentTarget }: MouseEvent): void {
  if (target === currentTarget) close();
}
