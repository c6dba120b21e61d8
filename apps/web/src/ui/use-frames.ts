import { type RefObject, useEffect, useEffectEvent } from "react";

/** Calls `onScroll` whenever an element moves on screen, and `onSize` whenever it, or the screen, has another size. */
export function useFrames(element: RefObject<HTMLElement | null>, onScroll: () => void, onSize: () => void): void {
  const scrolled = useEffectEvent(({ target }: Event) => {
    if (target instanceof Node && target.contains(element.current)) onScroll();
  });
  const sized = useEffectEvent(onSize);
  useEffect(() => {
    const observer = new ResizeObserver(() => sized());
    const resized = () => sized();
    const moved = (event: Event) => scrolled(event);
    if (element.current !== null) observer.observe(element.current);
    document.addEventListener("scroll", moved, { capture: true, passive: true });
    addEventListener("resize", resized);
    return () => {
      observer.disconnect();
      document.removeEventListener("scroll", moved, { capture: true });
      removeEventListener("resize", resized);
    };
  }, [element]);
}
