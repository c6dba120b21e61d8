import { useState } from "react";
import { ClampedText } from "./clamped-text.tsx";

type LongTextProps = { readonly text: string; readonly more: string; readonly less: string };

/** What somebody wrote, four lines of it until *more* is asked for. */
export function LongText(props: LongTextProps) {
  const [isOpen, setOpen] = useState(false);
  return <ClampedText {...props} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />;
}
