import { expect } from "vitest";

/** What a balancer learns at `/readyz`. */
export type Ready = { readonly status: number; readonly code: string | undefined };

export async function readiness(port: number): Promise<Ready> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test that is wrong about it fails.
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code };
}

/** Resolves when the hub says so. It is asked again and again: it looks only when asked, and its answers hold for a second. */
export async function becomes(port: number, wanted: Ready): Promise<void> {
  await expect.poll(() => readiness(port), { timeout: 5_000 }).toEqual(wanted);
}
