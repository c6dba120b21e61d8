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

/** What is given as soon as it is: for who may not be let in yet. */
export async function given<T>(ask: () => Promise<T>, what: string): Promise<T> {
  const all: T[] = [];
  await until(async () => all.push(await ask()) > 0, what);
  const [first] = all;
  if (first === undefined) throw new Error(`Nothing was given: ${what}`);
  return first;
}

const LONGEST_MS = 30_000;
const PAUSE_MS = 10;
