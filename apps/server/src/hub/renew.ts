import { type Down, type Refusal, refusal, type Renew } from "@carillon/protocol";
import type { Verifier } from "@carillon/protocol/token";
import type { Hub } from "./hub.ts";
import type { Session } from "./session.ts";

/** Lets a session go on by a newer token (P17). The answer; undefined if the session ended of it. */
export async function renew(
  { hub, verify }: { readonly hub: Hub; readonly verify: Verifier },
  session: Session,
  { id, token }: Renew,
): Promise<Down | undefined> {
  const renewal = await session.renew(token, verify);
  switch (renewal) {
    case "renewed":
      return { type: "renewed", id, expiresIn: session.lease.expiresIn(Date.now()) };
    case "refused":
      return refused(hub, id, refusal("tokenRefused"));
    case "unavailable":
      return refused(hub, id, refusal("unavailable", RETRY_MS));
    case "ended":
      return undefined;
    default:
      return renewal satisfies never;
  }
}

/** Milliseconds after which a provider of keys may answer again. */
const RETRY_MS = 5_000;

function refused(hub: Hub, id: string, why: Refusal): Down {
  hub.meter.refused(why.code);
  return { type: "refused", id, ...why };
}
