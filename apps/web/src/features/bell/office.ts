/** Something that one tab of a browser does for all of them. */
export type Office = {
  readonly isHeld: () => boolean;
  readonly resign: () => void;
};

/** Stands for an office: the first tab that does holds it, and when that resigns or is gone, the next. */
export function standFor(name: string): Office {
  // Where the page did not come over HTTPS there are no locks: whoever has the keyboard is one, too.
  if (navigator.locks === undefined) return { isHeld: () => document.hasFocus(), resign: () => {} };
  const stood = new AbortController();
  const term = Promise.withResolvers<void>();
  let isHeld = false;
  const hold = () => {
    isHeld = true;
    return term.promise;
  };
  navigator.locks.request(name, { signal: stood.signal }, hold).catch(() => {}); // Resigned before it was held.
  return {
    isHeld: () => isHeld,
    resign: () => {
      isHeld = false;
      stood.abort();
      term.resolve();
    },
  };
}
