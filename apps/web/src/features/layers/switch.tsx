import { useId } from "react";

type SwitchProps = {
  readonly label: string;
  readonly note: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
};

/** Something that is on or off, and what that means. */
export function Switch({ label, note, on, onChange }: SwitchProps) {
  const noteId = useId();
  return (
    <div>
      <label className="target flex cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={on}
          aria-describedby={noteId}
          onChange={({ target }) => onChange(target.checked)}
          className="size-4 shrink-0 accent-bronze"
        />
        <span>{label}</span>
      </label>
      <p id={noteId} className="ps-7 text-small leading-words text-quiet">
        {note}
      </p>
    </div>
  );
}
