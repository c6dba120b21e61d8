/** What a token that holds says of its bearer. Times are milliseconds since 1970. */
export type Grant = {
  readonly uid: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The token's own name (`jti`), by which it alone can be revoked. */
  readonly tokenId: string | undefined;
  /** The bearer's marks say nothing to the authors. */
  readonly withholdsReceipts: boolean;
  /** To whom the bearer may send; undefined: to anybody. */
  readonly sendsTo: ReadonlySet<string> | undefined;
};

/** The claims of ours (P24, P31). */
export const WITHHOLDS = "withhold_receipts";
export const SEND_TO = "send_to";
