import type { Grant, Verifier } from "@carillon/protocol/token";

/** What came of a newer token; `unavailable`: it may be shown again later. */
export type Renewal = "renewed" | "refused" | "unavailable";

/** What a session may do and until when: as its newest token says (P17). */
export class Lease {
  #grant: Grant;
  #isRenewing = false;

  constructor(grant: Grant) {
    this.#grant = grant;
  }

  get grant(): Grant {
    return this.#grant;
  }

  /** Milliseconds that are left. */
  expiresIn(now: number): number {
    return Math.max(0, this.#grant.expiresAt - now);
  }

  /** Goes on by a newer token of the same user. One at a time: however many are shown, one waits for a provider of keys. */
  async renew(token: string, verify: Verifier): Promise<Renewal> {
    if (this.#isRenewing) return "unavailable";
    this.#isRenewing = true;
    const verdict = await verify(token);
    this.#isRenewing = false;
    if (verdict.outcome === "unavailable") return "unavailable";
    if (verdict.outcome !== "accepted" || verdict.grant.uid !== this.#grant.uid) return "refused";
    this.#grant = verdict.grant;
    return "renewed";
  }
}
