import { createHash } from "node:crypto";

/** Parts of what is not one user's: fixed for ever, because a user stays in its part. */
export const PARTITIONS = 16;

/**
 * Where everything lies. What stands in braces decides the slot, so that all keys of a user are in one. A uid is percent-encoded
 * there: none can hold a brace, and none can be what stands in the braces of another kind of key, which begin with # or $.
 */
export class Keys {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** What the keys of a user's log begin with. */
  user(uid: string): string {
    return `${this.#prefix}:{${encoded(uid)}}`;
  }

  /** Until when a user's tokens are revoked. Not part of the log: it needs none. */
  revokedUser(uid: string): string {
    return `${this.user(uid)}:revoked`;
  }

  revokedToken(tokenId: string): string {
    return `${this.#prefix}:{$${encoded(tokenId)}}:revoked`;
  }

  /** What the list of the hubs begins with. */
  get hubs(): string {
    return `${this.#prefix}:{#hubs}`;
  }

  /** P20: the newest connection of a user, as a number. */
  newest(uid: string): string {
    return `${this.user(uid)}:newest`;
  }

  /** Every user of a part that has a log, by uid. */
  users(partition: number): string {
    return `${this.#prefix}:{#${partition}}:users`;
  }

  /** Users of a part that have something due, by when. */
  notes(partition: number): string {
    return `${this.#prefix}:{#${partition}}:notes`;
  }

  /** Is there while an installation is moved from or to here: no hub may begin. */
  moving(): string {
    return `${this.#prefix}:{#0}:moving`;
  }

  /** Matches every key, as SCAN wants it. */
  get every(): string {
    return `${this.#prefix}:{*`;
  }

  /** Matches what is kept of revocations. */
  get everyRevocation(): string {
    return `${this.#prefix}:{*}:revoked`;
  }

  /** Whose tokens, or which token, a key of a revocation is about. */
  revokedIn(key: string): { readonly uid: string } | { readonly tokenId: string } {
    const name = key.slice(this.#prefix.length + 2, -"}:revoked".length);
    return name.startsWith("$") ? { tokenId: decodeURIComponent(name.slice(1)) } : { uid: decodeURIComponent(name) };
  }

  /** Where hubs ring for users of a part. */
  bell(partition: number): string {
    return `${this.#prefix}:{#${partition}}:bell`;
  }
}

export function partitionOf(uid: string): number {
  return (createHash("sha1").update(uid).digest()[0] ?? 0) % PARTITIONS;
}

export const ALL_PARTITIONS: readonly number[] = Array.from({ length: PARTITIONS }, (_, n) => n);

/** Half a surrogate pair has no encoding; no uid has one (P5), and a token's name is as good without. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
