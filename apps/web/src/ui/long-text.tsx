import { useState } from "react";
import { isLong } from "./clamp.ts";

type LongTextProps = { readonly text: string; readonly more: string; readonly less: string };

/** What somebody wrote: isolated in its own direction, four lines of it until *more* is asked for. */
export function LongText({ text, more, less }: LongTextProps) {
  const [open, setOpen] = useState(false);
  const long = isLong(text);
  return (
    <>
      <p dir="auto" className={`words max-w-[68ch] ${long && !open ? "line-clamp-4" : ""}`}>
        {text}
      </p>
      {long && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="target -ms-2 self-start rounded-box px-2 text-start text-small text-bronze-ink hover:underline"
        >
          {open ? less : more}
        </button>
      )}
    </>
  );
}
