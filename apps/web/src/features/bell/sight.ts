// Which tabs are in sight no tab could say for another that crashed; a lock that is shared by those in sight goes with them.

/** Lets other tabs of this user know while this one is in sight. Returns how to stop. */
export function showSight(uid: string): () => void {
  let release = () => {};
  const look = () => {
    release();
    release = document.visibilityState === "visible" ? hold(lockOf(uid)) : () => {};
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    release();
  };
}

/** Whether a tab of this user is in sight anywhere in this browser. */
export async function isInSight(uid: string): Promise<boolean> {
  if (document.visibilityState === "visible") return true;
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some(({ name }) => name === lockOf(uid));
}

function hold(name: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  navigator.locks?.request(name, { mode: "shared" }, () => promise).catch(() => {}); // A page that is going has none to give.
  return resolve;
}

function lockOf(uid: string): string {
  return `carillon:sight:${uid}`;
}
