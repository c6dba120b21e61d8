import { type ComponentType, lazy } from "react";

type LaterOptions<Props> = {
  /** Stands in its place if its code cannot be had, for a hub may go away meanwhile. Without it, it is asked for until it comes. */
  readonly instead?: ComponentType<Props>;
  /** Its code is fetched as soon as the page's own has run, not when it is first drawn. */
  readonly soon?: boolean;
};

/** A part of the page whose code is not part of the page's. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { instead, soon = false }: LaterOptions<Props> = {},
): ComponentType<Props> {
  let begun: Promise<{ default: ComponentType<Props> }> | undefined;
  const begin = () => (begun ??= loaded(load, instead));
  if (soon) setTimeout(() => void begin());
  return lazy(begin);
}

async function loaded<Props>(load: () => Promise<ComponentType<Props>>, instead: ComponentType<Props> | undefined) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { default: await load() };
    } catch (error) {
      if (attempt === 1) console.error(error);
      if (instead !== undefined) return { default: instead };
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** Milliseconds after which what did not come is asked for again. */
const AGAIN_MS = 2_000;
