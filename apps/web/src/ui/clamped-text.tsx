import { isLong } from "./clamp.ts";

type ClampedTextProps = {
  readonly text: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly more: string;
  readonly less: string;
};

/** What somebody wrote: isolated in its own direction, four lines of it until it is opened. */
export function ClampedText({ text, isOpen, onToggle, more, less }: ClampedTextProps) {
  const long = isLong(text);
  return (
    <>
      <p dir="auto" className={`words max-w-[68ch] ${long && !isOpen ? "line-clamp-4" : ""}`}>
        {text}
      </p>
      {long && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="target -ms-2 self-start rounded-box px-2 text-start text-small text-bronze-ink hover:underline"
        >
          {isOpen ? less : more}
        </button>
      )}
    </>
  );
}
