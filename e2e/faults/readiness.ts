import { setTimeout as pause } from "node:timers/promises";

/** What a balancer learns at `/readyz`. */
export type Ready = { readonly status: number; readonly code: string | undefined };

export async function readiness(port: number): Promise<Ready> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test that is wrong about it fails.
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code };
}

/** Resolves when the hub says so; its answers hold for a second. Rejects after five. */
export async function becomes(port: number, wanted: Ready): Promise<void> {
  const end = performance.now() + 5_000;
  for (;;) {
    const found = await readiness(port);
    if (found.status === wanted.status && found.code === wanted.code) return;
    if (performance.now() > end) throw new Error(`/readyz says ${found.status} ${found.code}, not ${wanted.status}.`);
    await pause(50);
  }
}
