/** Pairs as a server gives them: RESP3 has a map for them, RESP2 a list. */
export type Pairs = Readonly<Record<string, string>> | readonly string[];

export function recordOf(pairs: Pairs): Readonly<Record<string, string>> {
  if (!isList(pairs)) return { ...pairs };
  return Object.fromEntries(pairs.flatMap((name, n) => (n % 2 === 0 ? [[name, pairs[n + 1] ?? ""]] : [])));
}

function isList(pairs: Pairs): pairs is readonly string[] {
  return Array.isArray(pairs);
}
