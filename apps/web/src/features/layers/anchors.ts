import type { Layer } from "../../store/over.ts";

/** Ids of the buttons that open the layers which hang from them. */
export const ANCHORS = { inbox: "bell", settings: "settings" } as const satisfies Partial<Record<Layer, string>>;

export function anchorOf(layer: keyof typeof ANCHORS): HTMLElement | null {
  return document.getElementById(ANCHORS[layer]);
}
