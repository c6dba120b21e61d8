import type { Receipt } from "@carillon/protocol";
import type { Growth } from "../../../hub/ports.ts";
import type { Store } from "../store.ts";

/** A draft as its notification names it: author, id, and which draft of that id. */
export type Named = { readonly from: string; readonly id: string; readonly ref: string };

/** Names as a function says them: from, id, ref, from, id, ref, … */
export function namesOf(flat: readonly string[]): readonly Named[] {
  return Array.from({ length: flat.length / 3 }, (_, n) => {
    const [from = "", id = "", ref = ""] = flat.slice(3 * n);
    return { from, id, ref };
  });
}

/**
 * Tells authors what became of drafts that they sent to `to`. Done before the recipient's own log says so: who stops in between is
 * asked again, finds it told, and goes on; so no receipt is lost, and none is given twice (P24).
 */
export async function tell(
  store: Store,
  to: string,
  state: Receipt["state"],
  drafts: readonly Named[],
  at: number,
): Promise<readonly Growth[]> {
  const byAuthor = [...Map.groupBy(drafts, ({ from }) => from)];
  const told = await Promise.all(
    byAuthor.map(([author, all]) =>
      store.change("tell", author, at, state, to, ...all.flatMap(({ id, ref }) => [id, ref])),
    ),
  );
  return told.flatMap((answer) => answer?.growth ?? []);
}
