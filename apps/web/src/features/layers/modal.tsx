import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { CloseIcon } from "../../ui/icons.tsx";
import { useAllWords } from "../../words/all.ts";

type ModalProps = {
  readonly titleId: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A dialog over all else, for as long as it is drawn. The browser keeps the keyboard inside, and gives it back where it was. */
export function Modal({ titleId, title, onClose, children }: ModalProps) {
  const { dismiss } = useAllWords().toasts;
  return (
    <dialog
      ref={showModal}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto w-[min(26rem,calc(100vw-16px))] rounded-float border border-line bg-raised p-0 text-ink shadow-float backdrop:bg-shade"
    >
      <div className="flex flex-col gap-3 p-4">
        <div className="flex items-center justify-between">
          <h2 id={titleId} className="text-body font-bold">
            {title}
          </h2>
          <Button look="icon" className="-me-2" aria-label={dismiss} title={dismiss} onClick={onClose}>
            <CloseIcon />
          </Button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

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

/** Escape closes what was opened last, and only that: the layers below do not hear of it. */
function keepEscape(event: KeyboardEvent): void {
  if (event.key === "Escape") event.stopPropagation();
}

/** A press on what lies around the dialog is one on the dialog itself, not on what it holds. */
function closeBeside({ target, currentTarget }: MouseEvent): void {
  if (target === currentTarget && currentTarget instanceof HTMLDialogElement) currentTarget.close();
}
