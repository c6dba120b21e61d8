import { hash } from "node:crypto";
import type { Draft } from "@carillon/protocol";

/** Tells drafts of one id apart by their bodies, also after an edit (P12). */
export function digestOf({ to, text, thread, url, data, priority, ttl }: Omit<Draft, "id">): string {
  const first = [to, thread ?? null, text];
  // Digests in the store are older than these four fields: a draft without them keeps the digest that it had then.
  const rest = { url, data, priority, ttl };
  const isPlain = Object.values(rest).every((field) => field === undefined);
  return hash("sha256", isPlain ? JSON.stringify(first) : JSON.stringify([...first, rest], sorted), "base64url");
}

/** For JSON.stringify: the order of keys says nothing. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
