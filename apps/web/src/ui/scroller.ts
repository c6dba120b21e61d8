/** What scrolls when this element goes out of sight: the nearest ancestor that does, else the page. */
export function scrollerOf(element: Element): Element {
  for (let up = element.parentElement; up !== null && up !== document.body; up = up.parentElement) {
    const { overflowY } = getComputedStyle(up);
    if (overflowY === "auto" || overflowY === "scroll") return up;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Below this, in pixels, a list stands at its top: what comes is seen coming. */
const TOP = 40;

export function isAtTop(scroller: Element): boolean {
  return scroller.scrollTop < TOP;
}
