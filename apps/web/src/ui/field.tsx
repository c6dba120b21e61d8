import type { ReactNode } from "react";

/** What a control has to carry so that it belongs to its label, hint and fault. */
export type Wiring = { readonly id: string; readonly "aria-invalid": boolean; readonly "aria-describedby"?: string };

type FieldProps = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong, told at the field in place of the hint. */
  readonly fault?: string | undefined;
  /** Stands at the end of the label's line: what is known of what the field names. */
  readonly state?: ReactNode;
  /** Stands at the end of the line below, such as a count. */
  readonly aside?: ReactNode;
  readonly children: (wiring: Wiring) => ReactNode;
};

/** The look of every text control. */
export const CONTROL =
  "block w-full rounded-box border border-edge bg-raised px-3 text-body text-ink focus-visible:outline-offset-[-1px] aria-invalid:border-danger aria-invalid:outline-danger pointer-coarse:text-[1rem]";

/** A label, a control, and what there is to say about it. */
export function Field({ id, label, hint, fault, state, aside, children }: FieldProps) {
  const told = fault ?? hint;
  const noteId = `${id}-note`;
  const stateId = `${id}-state`;
  const describedBy = [...(told === undefined ? [] : [noteId]), ...(state === undefined ? [] : [stateId])].join(" ");
  const wiring: Wiring = {
    id,
    "aria-invalid": fault !== undefined,
    ...(describedBy !== "" && { "aria-describedby": describedBy }),
  };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-3 text-small">
        <label htmlFor={id} className="font-bold">
          {label}
        </label>
        {state !== undefined && (
          <div id={stateId} className="text-quiet">
            {state}
          </div>
        )}
      </div>
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
