import type { CSSProperties } from "react";
import { hueOf, initialOf } from "./hue.ts";

type AvatarProps = { readonly name: string; readonly size?: "small" | "normal" };

/** Tells people apart at a glance; their name stands beside it, so it says nothing itself. */
export function Avatar({ name, size = "normal" }: AvatarProps) {
  const hue: CSSProperties & { "--hue": number } = { "--hue": hueOf(name) };
  return (
    <span
      aria-hidden
      style={hue}
      className={`hue flex shrink-0 items-center justify-center overflow-hidden rounded-full font-bold select-none ${size === "small" ? "size-6 text-[0.6875rem]" : "size-8 text-small"}`}
    >
      {initialOf(name)}
    </span>
  );
}
