/** One row of the table of close codes. `reason` travels in the close frame and is for people who read logs. */
export type Close = { readonly code: number; readonly reason: string };

/**
 * Why the hub hangs up. The code's range says whether to return (P21):
 * 4000 to 4499 come back, with backoff; 4500 to 4999 do not.
 */
export const Close = {
  restarting: { code: 4000, reason: "hub is restarting" },
  tokenExpired: { code: 4001, reason: "token expired" },
  silent: { code: 4002, reason: "no sign of life" },
  tooSlow: { code: 4003, reason: "too slow" },
  unavailable: { code: 4004, reason: "log unavailable" },
  helloTimeout: { code: 4005, reason: "no hello in time" },
  crowded: { code: 4006, reason: "too many connections of this user" },
  flooding: { code: 4007, reason: "too many messages" },
  disconnected: { code: 4010, reason: "disconnected by the application" },
  keysUnavailable: { code: 4011, reason: "keys unavailable" },
  badFrame: { code: 4500, reason: "bad frame" },
  tokenRefused: { code: 4501, reason: "token refused" },
  replaced: { code: 4502, reason: "replaced by a newer connection" },
  revoked: { code: 4503, reason: "revoked" },
} as const satisfies Record<string, Close>;

/**
 * Whether a client should come back after this close code. Of the codes that are not ours, those that
 * accuse the client's own frames (RFC 6455, 7.4.1) would only be earned again.
 */
export function mayReturn(code: number): boolean {
  if (code >= 4000) return code < 4500;
  return !ACCUSING.has(code);
}

const ACCUSING = new Set([1002, 1003, 1007, 1008, 1009, 1010]);
