import type { ComponentProps } from "react";

type ButtonProps = ComponentProps<"button"> & {
  /** `main`: the one thing to do here. `plain`: beside it. `text`: within a sentence or a row. `icon`: needs an `aria-label`. */
  readonly look: "main" | "plain" | "text" | "icon";
};

const LOOKS = {
  main: "rounded-box bg-bronze px-4 font-bold text-on-bronze hover:bg-bronze-pressed active:bg-bronze-pressed",
  plain: "rounded-box border border-line bg-raised px-3 text-ink hover:bg-wash",
  text: "rounded-box px-2 font-bold text-bronze-ink hover:bg-wash",
  icon: "rounded-box text-quiet hover:bg-wash hover:text-ink",
} as const;

/** A button, 32 px high at least and 44 px under a finger. */
export function Button({ look, className = "", ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`target inline-flex shrink-0 items-center justify-center gap-2 text-small disabled:opacity-55 aria-disabled:opacity-55 ${LOOKS[look]} ${className}`}
    />
  );
}
