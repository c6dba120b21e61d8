/** Resolves when it is so; asks again and again, for what tells nobody. Who cannot answer yet is asked again, too. */
export async function until(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  let last: unknown;
  for (;;) {
    try {
      if (await isSo()) return;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`This never was so: ${what}`, { cause: last });
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
}

const LONGEST_MS = 30_000;
const PAUSE_MS = 10;
