import { setTimeout as pause } from "node:timers/promises";

const LIMIT_MS = 20_000;
const BETWEEN_MS = 50;

/** Resolves once `url` answers 200. Throws after 20 s, and as soon as `signal` says that nobody will answer any more. */
export async function answers(url: string, signal?: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const end = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  while (!(await answered(url, end))) {
    if (signal?.aborted) throw signal.reason;
    if (limit.aborted) throw new Error(`${url} did not answer within ${LIMIT_MS / 1000} s.`);
    await pause(BETWEEN_MS);
  }
}

async function answered(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Refused, cut or aborted: nobody there yet. The caller knows for how long that may be so.
    return false;
  }
}
