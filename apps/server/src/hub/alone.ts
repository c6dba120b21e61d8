import type { Places } from "./ports.ts";

/** The places of a hub that is alone: nobody is anywhere else. */
export function alone(): Places {
  let last = 0;
  const nowhere = async () => new Map<string, number>();
  return {
    areAlone: true,
    put: nowhere,
    where: nowhere,
    stamp: async () => (last += 1),
    newest: async () => 0,
    attend: async () => {},
    placeMs: Infinity,
    attentionMs: Infinity,
    isThere: () => false,
    heard: () => {},
    onChange: () => {},
  };
}
