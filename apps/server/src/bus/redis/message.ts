import type { Seq } from "@carillon/protocol";
import * as z from "zod/mini";
import type { News, Revocation } from "../../hub/ports.ts";

/** "The log of uid has entries up to head." */
export type Ring = { readonly uid: string; readonly head: Seq; readonly epoch: string | undefined };

/** What one hub says in one part. `n`: how many messages it has said there, this one included; a beat is none, and only says n. */
export type Message = {
  readonly hub: string;
  readonly n: number;
  readonly isBeat: boolean;
  readonly rings: readonly Ring[];
  readonly revoked: readonly Revocation[];
  readonly news: readonly News[];
};

export function encode({ hub, n, isBeat, rings, revoked, news }: Message): string {
  const told = rings.map(({ uid, head, epoch }) => (epoch === undefined ? [uid, head] : [uid, head, epoch]));
  return JSON.stringify({
    hub,
    n,
    ...(isBeat && { beat: true }),
    ...(told.length > 0 && { rings: told }),
    ...(revoked.length > 0 && { revoked }),
    ...(news.length > 0 && { news }),
  });
}

/** Undefined if it is none: what a newer hub may say otherwise, an older one passes over. */
export function decode(text: string): Message | undefined {
  const { success, data } = Wire.safeParse(parsed(text));
  if (!success) return undefined;
  const { hub, n, beat = false, rings = [], revoked = [], news = [] } = data;
  return {
    hub,
    n,
    isBeat: beat,
    rings: rings.map(([uid, head, epoch]) => ({ uid, head, epoch })),
    revoked: revoked.map((each) => (each.of === "user" ? each : { ...each, expiresAt: each.expiresAt })),
    news,
  };
}

const Told = z.union([z.tuple([z.string(), z.int()]), z.tuple([z.string(), z.int(), z.string()])]);
const Revoked = z.discriminatedUnion("of", [
  z.object({ of: z.literal("user"), uid: z.string(), until: z.number() }),
  z.object({ of: z.literal("token"), tokenId: z.string(), expiresAt: z.optional(z.number()) }),
]);
const Heard = z.discriminatedUnion("of", [
  z.object({ of: z.literal("place"), uid: z.string(), isHere: z.boolean() }),
  z.object({ of: z.literal("newest"), uid: z.string(), stamp: z.int() }),
  z.object({ of: z.literal("disconnect"), uid: z.string() }),
]);
const Wire = z.object({
  hub: z.string(),
  n: z.int(),
  beat: z.optional(z.boolean()),
  rings: z.optional(z.array(Told)),
  revoked: z.optional(z.array(Revoked)),
  news: z.optional(z.array(Heard)),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
