import {
  createRemoteJWKSet,
  type CryptoKey,
  customFetch,
  errors,
  type FetchImplementation,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from "jose";

/** Finds the key that a token's header means. Rejects with `KeysUnavailable`, or with an error of jose if there is no such key. */
export type ProviderKeys = (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;

/** The keys cannot be had now: nobody can say whether the token is good. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/** Times are milliseconds. */
export type ProviderOptions = {
  /** Where the provider publishes its key set (RFC 7517, 5). */
  readonly url: URL;
  /** Hears why the provider could not be asked. */
  readonly onFailure?: (error: unknown) => void;
  /** How long an answer is good for, so that a key that is withdrawn goes out of use; default 10 minutes. */
  readonly freshFor?: number;
  /** How long it serves where the provider does not answer any more; default 24 hours. */
  readonly keepFor?: number;
  /** At most one question in this time, however many unknown keys tokens name; default 30 s. */
  readonly cooldown?: number;
  /** The same after a question that failed; default 5 s. */
  readonly retryAfter?: number;
  /** How long an answer may take; default 3 s. */
  readonly patience?: number;
  /** Any clock that never goes back. */
  readonly now?: () => number;
};

/** The keys of an identity provider: asked when they are needed, kept, and asked again when they are old or one is missing. */
export function providerKeys(options: ProviderOptions): ProviderKeys {
  const provider = new Provider(options);
  return (header, token) => provider.key(header, token);
}

class Provider {
  readonly #options: Required<ProviderOptions>;
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  /** The names of the keys that are here. */
  #kids: ReadonlySet<unknown> = new Set();
  #answeredAt = -Infinity;
  #nextQuestion = -Infinity;
  #asking: Promise<boolean> | undefined;
  /** It did not answer the last question. */
  #isAway = false;

  constructor(options: ProviderOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#keys = createRemoteJWKSet(options.url, {
      timeoutDuration: this.#options.patience,
      // When to ask is decided here: jose would ask at each token while the provider fails, and forget what it has.
      cooldownDuration: Infinity,
      cacheMaxAge: Infinity,
      [customFetch]: boundedFetch,
    });
  }

  async key(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const came = this.#options.now();
    await this.#freshen(came);
    try {
      return await this.#find(header, token);
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey && !this.#kids.has(header.kid);
      if (!isUnknown || this.#answeredAt >= came) throw error;
    }
    // The key may be newer than what is here. Who cannot be asked about is not refused.
    if (!(await this.#ask())) throw new KeysUnavailable();
    return this.#find(header, token);
  }

  /** Where the provider is away and the keys still serve, only the first one waits to find that out; it is asked on behind the others. */
  async #freshen(came: number): Promise<void> {
    const { now, freshFor, keepFor } = this.#options;
    if (came - this.#answeredAt < freshFor) return;
    const isServing = came - this.#answeredAt < keepFor;
    const asking = this.#ask();
    if (!isServing || !this.#isAway) await asking;
    if (now() - this.#answeredAt >= keepFor) throw new KeysUnavailable();
  }

  /** What the provider publishes may be broken in ways that jose leaves to the platform; the token is not to blame. */
  async #find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    try {
      return await this.#keys(header, token);
    } catch (error) {
      throw error instanceof errors.JOSEError ? error : new KeysUnavailable(undefined, { cause: error });
    }
  }

  /** Asks the provider, unless it was asked just now. Whether it answered. */
  #ask(): Promise<boolean> {
    if (this.#options.now() < this.#nextQuestion) return this.#asking ?? Promise.resolve(false);
    this.#nextQuestion = this.#options.now() + this.#options.cooldown;
    this.#asking = this.#reload().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #reload(): Promise<boolean> {
    const { now, onFailure, retryAfter } = this.#options;
    try {
      await this.#keys.reload();
      this.#kids = new Set(this.#keys.jwks()?.keys.flatMap(({ kid }) => (typeof kid === "string" ? kid : [])));
      this.#answeredAt = now();
      this.#isAway = false;
      return true;
    } catch (error) {
      this.#nextQuestion = now() + retryAfter;
      this.#isAway = true;
      onFailure(error);
      return false;
    }
  }
}

const DEFAULTS = {
  onFailure: () => {},
  freshFor: 600_000,
  keepFor: 86_400_000,
  cooldown: 30_000,
  retryAfter: 5_000,
  patience: 3_000,
  now: () => performance.now(),
};

/** Bytes of a key set: some hundred keys. */
const MOST_BYTES = 262_144;

const boundedFetch: FetchImplementation = async (url, options) => {
  const response = await fetch(url, options);
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    return new Response(null, { status: response.status === 200 ? 502 : response.status });
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`The key set has over ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks));
};
