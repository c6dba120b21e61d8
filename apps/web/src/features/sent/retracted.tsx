import { useAllWords } from "../../words/all.ts";

/** A draft that its author took back: its text, where this page remembers it, struck. */
export function Retracted({ text }: { readonly text: string }) {
  const { states } = useAllWords();
  return (
    <>
      {text !== "" && (
        <s dir="auto" className="words line-clamp-2 max-w-[68ch] text-quiet decoration-edge">
          {text}
        </s>
      )}
      <p className="text-small text-quiet">{states.retracted}</p>
    </>
  );
}
