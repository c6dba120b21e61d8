import type { ReactNode } from "react";

/** What a control has to carry so that it belongs to its label, hint and fault. */
export type Wiring = { readonly id: string; readonly "aria-invalid": boolean; readonly "aria-describedby"?: string };

type FieldProps = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong, told at the field in place of the hint. */
  readonly fault?: string | undefined;
  /** Stands at the end of the line below, such as a count. */
  readonly aside?: ReactNode;
  readonly children: (wiring: Wiring) => ReactNode;
};

/** The look of every text control. */
export const CONTROL =
  "block w-full rounded-box border border-edge bg-raised px-3 text-body text-ink focus-visible:outline-offset-[-1px] aria-invalid:border-danger aria-invalid:outline-danger pointer-coarse:text-[1rem]";

/** A label, a control, and what there is to say about it. */
export function Field({ id, label, hint, fault, aside, children }: FieldProps) {
  const told = fault ?? hint;
  const noteId = `${id}-note`;
  const wiring: Wiring = {
    id,
    "aria-invalid": fault !== undefined,
    ...(told !== undefined && { "aria-describedby": noteId }),
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small font-bold">
        {label}
      </label>
      {children(wiring)}
      <div className="flex items-baseline justify-between gap-3 text-small leading-words text-quiet empty:hidden">
        {told !== undefined && (
          <p id={noteId} className={fault === undefined ? "" : "text-danger"}>
            {told}
          </p>
        )}
        {aside}
      </div>
    </div>
  );
}
