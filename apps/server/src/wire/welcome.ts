import type { Welcome } from "@carillon/protocol";
import type { Standing } from "../hub/ports.ts";
import type { Session } from "../hub/session.ts";

/** What a session is told first (P8). @param wasRecovering whether its `hello` had a position. */
export function welcome(session: Session, standing: Standing, wasRecovering: boolean): Welcome {
  const { position, head, counts, snapshot } = standing;
  const who = { type: "welcome", uid: session.uid, session: session.id } as const;
  const expiresIn = session.lease.expiresIn(Date.now());
  const common = { ...who, wasRecovering, position, head, counts, expiresIn };
  return snapshot === undefined ? { ...common, recovered: true } : { ...common, recovered: false, snapshot };
}
