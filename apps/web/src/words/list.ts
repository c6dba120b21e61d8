import { isolate } from "./isolate.ts";
import type { Language } from "./language.ts";

/** Names one after another, as the language joins them; each in its own direction. */
export function listed(names: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names.map(isolate));
}
