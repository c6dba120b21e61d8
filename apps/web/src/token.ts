import { readToken } from "@carillon/protocol";
import { keep, storageOf } from "./storage.ts";

/** What came of asking for a token. */
export type TokenAnswer =
  | { readonly at: "granted"; readonly token: string }
  /** This hub offers no sign-in by name: somebody else mints its tokens. */
  | { readonly at: "notOffered" }
  /** The hub judged the name and said no. */
  | { readonly at: "refused" }
  /** The token that was handed to the page is over, and the page has no other. */
  | { readonly at: "expired" }
  /** Nobody answered, or the hub has trouble of its own: the same question may be answered later. */
  | { readonly at: "unreachable" };

/** Where a visit gets its tokens, and what for. Never rejects. */
export type TokenSource = (why: TokenNeed) => Promise<TokenAnswer>;

/** As the client says it: a page without another token than the one it was handed has none to `replace` or to `renew` that. */
type TokenNeed = "connect" | "replace" | "renew";

/** Asks the hub that served the page for a token by name alone, which only a demo hub grants. */
export async function askDemoToken(uid: string, ask: typeof fetch): Promise<TokenAnswer> {
  try {
    const answer = await ask("/v1/demo/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ uid }),
    });
    if (answer.status === 404) return { at: "notOffered" };
    if (answer.status === 429 || answer.status >= 500) return { at: "unreachable" };
    if (!answer.ok) return { at: "refused" };
    return granted(await answer.json());
  } catch {
    return { at: "unreachable" };
  }
}

function granted(body: unknown): TokenAnswer {
  const token = typeof body === "object" && body !== null && "token" in body ? body.token : undefined;
  return typeof token === "string" ? { at: "granted", token } : { at: "unreachable" };
}

/**
 * Tokens of a demo hub, each for as long as it lasts: a page that wakes up need not ask over a line that died while it slept.
 * `first` came with the sign-in.
 */
export function demoTokens(uid: string, first: TokenAnswer, ask: typeof fetch): TokenSource {
  let kept = first;
  return async (why) => {
    if (why === "connect" && kept.at === "granted" && lasts(kept.token)) return kept;
    const answer = await askDemoToken(uid, ask);
    if (answer.at === "granted") kept = answer;
    return answer;
  };
}

/** By this machine's clock; where that is wrong, the hub says so. */
function lasts(token: string): boolean {
  const { expiresAt = Infinity } = readToken(token) ?? {};
  return Date.now() < expiresAt;
}

/** One token that was handed to the page, for as long as it holds. */
export function handedToken(token: string): TokenSource {
  return async (why) => (why === "connect" ? { at: "granted", token } : { at: "expired" });
}

const KEY = "carillon:token";

/** The token that this tab was handed, for a reload of it; other tabs do not see it. */
export const keptToken = {
  read: (): string | null => storageOf("sessionStorage")?.getItem(KEY) ?? null,
  keep: (token: string): void => keep(storageOf("sessionStorage"), KEY, token),
  forget: (): void => storageOf("sessionStorage")?.removeItem(KEY),
};
