import { DRAFT_ID } from "./draft.ts";
import type { Send } from "./up.ts";

/**
 * A draft that says whom and what and nothing else, as most do: read without the schema, in a tenth of its time and memory. Undefined
 * for everything else, also for what is wrong: the schema says what.
 */
export function plainSendIn(json: object): Send | undefined {
  const { type, id, to, text }: Partial<Record<keyof Send, unknown>> = json;
  if (type !== "send" || typeof id !== "string" || typeof to !== "string" || typeof text !== "string") return undefined;
  return Object.keys(json).length === 4 && DRAFT_ID.test(id) ? { type, id, to, text } : undefined;
}
