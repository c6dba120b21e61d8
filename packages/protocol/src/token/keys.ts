/** One signing key: `kid` names it in the token's header, `secret` is its bytes (at least 32 for HS256, RFC 7518 3.2). */
export type TokenKey = { readonly kid: string; readonly secret: Uint8Array };

/** Keys in force. The first one signs; all of them verify, so that keys can be rotated without a gap. */
export type TokenKeys = readonly [TokenKey, ...TokenKey[]];
