import { limits, type MarkRequest, type MarkTarget, type Seq } from "@carillon/protocol";

/** The targets, each as large as one request may be, that together are this one. */
export function portions(target: MarkTarget): readonly MarkTarget[] {
  return "upTo" in target ? [target] : portionsOf(target.seqs).map((seqs) => ({ seqs: [...seqs] }));
}

/** The same seqs, once each, as many together as one request may name. */
export function portionsOf(seqs: readonly Seq[]): readonly (readonly Seq[])[] {
  const once = [...new Set(seqs)];
  const count = Math.ceil(once.length / limits.markedAtOnce);
  return Array.from({ length: count }, (_, index) =>
    once.slice(index * limits.markedAtOnce, (index + 1) * limits.markedAtOnce),
  );
}

/** One mark that says what two say, one right after the other; undefined if there is none. */
export function coalesced(first: MarkRequest, then: MarkRequest): MarkRequest | undefined {
  if (first.mark !== then.mark) return undefined;
  const target = united(first.target, then.target);
  return target && { ...then, target };
}

function united(a: MarkTarget, b: MarkTarget): MarkTarget | undefined {
  if ("upTo" in a) return "upTo" in b ? { upTo: Math.max(a.upTo, b.upTo) } : undefined;
  if ("upTo" in b) return undefined;
  const seqs = [...new Set([...a.seqs, ...b.seqs])];
  return seqs.length <= limits.markedAtOnce ? { seqs } : undefined;
}
