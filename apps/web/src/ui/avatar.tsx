import type { CSSProperties } from "react";
import { hueOf, initialOf } from "./hue.ts";

type AvatarProps = { readonly name: string; readonly size?: keyof typeof SIZES };

const SIZES = {
  tiny: "size-5 text-[0.625rem] ring-2 ring-paper",
  small: "size-6 text-[0.6875rem]",
  normal: "size-8 text-small",
} as const;

/** Tells people apart at a glance; their name stands beside it, so it says nothing itself. */
export function Avatar({ name, size = "normal" }: AvatarProps) {
  const hue: CSSProperties & { "--hue": number } = { "--hue": hueOf(name) };
  return (
    <span
      aria-hidden
      style={hue}
      className={`hue flex shrink-0 items-center justify-center overflow-hidden rounded-full font-bold select-none ${SIZES[size]}`}
    >
      {initialOf(name)}
    </span>
  );
}
