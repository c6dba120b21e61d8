import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { edwards, elliptic, forge, hmac, rsa } from "../testing/forge.ts";
import { IdentityProvider, providerToken } from "../testing/identity-provider.ts";
import { createVerifier, providerKeys, type ProviderOptions, type Verifier } from "./index.ts";

const [first, second, curve, edward] = [rsa(), rsa(), elliptic(), edwards()];
const shared = { kid: "main", secret: new Uint8Array(32).fill(1) };
const FRESH = 600_000;
const COOLDOWN = 30_000;
const RETRY = 5_000;
const DAY = 86_400_000;

let idp: IdentityProvider;
let now = 0;
let failures: unknown[] = [];

beforeEach(async () => {
  now = 0;
  failures = [];
  idp = await IdentityProvider.open();
  idp.publish({ one: first });
});
afterEach(() => idp[Symbol.asyncDispose]());

function verifier(more: Partial<ProviderOptions> = {}): Verifier {
  const provider = providerKeys({ url: idp.url, now: () => now, onFailure: (error) => failures.push(error), ...more });
  return createVerifier({ keys: [shared], provider, audience: "carillon" });
}
const outcomeOf = async (verify: Verifier, token: string) => (await verify(token)).outcome;

describe("tokens of an identity provider", () => {
  test("[P16] RS256, ES256 and EdDSA are accepted, each by its own key, and the provider is asked once", async () => {
    idp.publish({ one: first, two: curve, three: edward });
    const verify = verifier();
    for (const [kid, pair] of [["one", first] as const, ["two", curve] as const, ["three", edward] as const])
      expect(await verify(providerToken(kid, pair))).toMatchObject({ outcome: "accepted", grant: { uid: "101" } });
    expect(idp.asked).toBe(1);
  });

  test("[P16] a provider with one key that fits may leave kid out; with two, nobody guesses", async () => {
    expect(await outcomeOf(verifier(), providerToken(undefined, first))).toBe("accepted");
    idp.publish({ one: first, two: second });
    expect(await outcomeOf(verifier(), providerToken(undefined, first))).toBe("refused");
  });

  test("[P16] tokens with the shared key are accepted beside them, and need no provider", async () => {
    const verify = verifier();
    const claims = { sub: "100", aud: "carillon", iat: Date.now() / 1000, exp: Date.now() / 1000 + 60 };
    expect(await outcomeOf(verify, forge({ alg: "HS256", kid: "main" }, claims, hmac(shared.secret)))).toBe("accepted");
    expect(idp.asked).toBe(0);
  });

  test("[P16] what the provider signed is judged like any other token", async () => {
    const verify = verifier();
    const past = Date.now() / 1000 - 3600;
    expect(await outcomeOf(verify, providerToken("one", first, { exp: past }))).toBe("expired");
    for (const claim of [{ aud: "other" }, { sub: undefined }, { exp: undefined }, { iat: Date.now() / 1000 + 3600 }])
      expect(await outcomeOf(verify, providerToken("one", first, claim))).toBe("refused");
  });

  test("[P16] without a provider no such token is accepted, and without shared keys none of the other kind", async () => {
    const alone = createVerifier({ keys: [shared], audience: "carillon" });
    expect(await outcomeOf(alone, providerToken("one", first))).toBe("refused");
    const provider = providerKeys({ url: idp.url });
    const asymmetric = createVerifier({ keys: [], provider, audience: "carillon" });
    const symmetric = { alg: "HS256", signer: hmac(shared.secret) };
    expect(await outcomeOf(asymmetric, providerToken("main", { ...first, ...symmetric }))).toBe("refused");
    expect(await outcomeOf(asymmetric, providerToken("one", first))).toBe("accepted");
  });
});

describe("confusion", () => {
  const asIf = (alg: string, secret: string | Uint8Array) => ({ ...first, alg, signer: hmac(secret) });

  test.each([
    ["HS256 by the public key's PEM, under its kid", "one", () => asIf("HS256", first.publicPem)],
    ["HS256 by the public key's modulus", "one", () => asIf("HS256", Buffer.from(first.jwk.n ?? "", "base64url"))],
    ["HS256 by the public JWK", "one", () => asIf("HS256", JSON.stringify(first.jwk))],
    ["RS256 by the shared key, under its kid", "main", () => asIf("RS256", shared.secret)],
    ["RS256 under the shared key's kid", "main", () => first],
    ["another key under a known kid", "one", () => second],
    ["ES256 under the kid of an RSA key", "one", () => curve],
    ["RS384", "one", () => ({ ...first, alg: "RS384" })],
    ["a key of its own in the header", "x", () => second],
  ])("[P16] %s is refused", async (_what, kid, pair) => {
    const verify = verifier();
    expect(await verify(providerToken(kid, pair()))).toEqual({ outcome: "refused" });
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
  });

  test("[P16] a secret that the provider publishes by mistake signs nothing", async () => {
    const k = Buffer.from(shared.secret).toString("base64url");
    idp.publishRaw({ kty: "oct", k, kid: "oct", alg: "HS256" }, { kty: "oct", k, kid: "rs", alg: "RS256" });
    const verify = verifier();
    expect(await outcomeOf(verify, providerToken("oct", asIf("HS256", shared.secret)))).toBe("refused");
    now += COOLDOWN;
    expect(await outcomeOf(verify, providerToken("rs", asIf("RS256", shared.secret)))).toBe("refused");
  });
});

describe("rotation", () => {
  test("[P16] a key that comes is found without a restart, one that goes is out of use when the answer is old", async () => {
    const verify = verifier();
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
    idp.publish({ one: first, two: second });
    now += COOLDOWN;
    expect(await outcomeOf(verify, providerToken("two", second))).toBe("accepted");
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
    idp.publish({ two: second });
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
    now += FRESH;
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("refused");
    expect(await outcomeOf(verify, providerToken("two", second))).toBe("accepted");
    expect(idp.asked).toBe(3);
  });

  test("[P16] however many unknown keys are named, the provider is asked once a cooldown, and who was not asked about may come back", async () => {
    const verify = verifier();
    await verify(providerToken("one", first));
    now += COOLDOWN;
    const strangers = Array.from({ length: 200 }, (_, n) => verify(providerToken(`stranger-${n}`, second)));
    const outcomes = new Set((await Promise.all(strangers)).map(({ outcome }) => outcome));
    expect([...outcomes]).toEqual(["refused"]);
    now += 1;
    expect(await outcomeOf(verify, providerToken("later", second))).toBe("unavailable");
    expect(idp.asked).toBe(2);
    now += COOLDOWN;
    expect(await outcomeOf(verify, providerToken("later", second))).toBe("refused");
    expect(idp.asked).toBe(3);
  });
});

describe("a provider that does not serve", () => {
  const huge = JSON.stringify({ keys: Array.from({ length: 1_000 }, () => first.jwk) });
  const moods: readonly (readonly [string, Parameters<IdentityProvider["answer"]>[0]])[] = [
    ["says 500", (_request, response) => void response.writeHead(500).end()],
    ["says 404 with keys", (_request, response) => void response.writeHead(404).end(JSON.stringify({ keys: [] }))],
    ["redirects", (_request, response) => void response.writeHead(302, { location: "/elsewhere" }).end()],
    ["cuts the line", (request) => void request.socket.destroy()],
    [
      "cuts it in the middle",
      (request, response) => response.writeHead(200).write('{"ke', () => request.socket.destroy()),
    ],
    ["sends no JSON", (_request, response) => void response.end("<html>Sign in</html>")],
    ["sends nothing", (_request, response) => void response.end()],
    ["sends other JSON", (_request, response) => void response.end('{"keys":"none"}')],
    ["sends null", (_request, response) => void response.end("null")],
    ["sends keys that are none", (_request, response) => void response.end('{"keys":[1,null]}')],
    ["sends too much", (_request, response) => void response.end(huge)],
    [
      "sends without end",
      (_request, response) => {
        const pour = () => void response.write("x".repeat(65_536), (error) => (error ? undefined : pour()));
        pour();
      },
    ],
    ["does not answer", () => {}],
    [
      "answers a byte at a time",
      (_request, response) => {
        const drip = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(drip));
      },
    ],
  ];

  test.each(moods)(
    "[P16] %s: nobody is refused for it, it is told, and it is asked again after a while",
    async (_what, mood) => {
      const verify = verifier({ patience: 1_000 });
      idp.answer(mood);
      expect(await outcomeOf(verify, providerToken("one", first))).toBe("unavailable");
      expect(failures).toHaveLength(1);
      idp.publish({ one: first });
      expect(await outcomeOf(verify, providerToken("one", first))).toBe("unavailable");
      expect(idp.asked).toBe(1);
      now += RETRY;
      expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
    },
  );

  test.each(moods)("[P16] %s, later: the keys that are here serve on, for a day", async (_what, mood) => {
    const verify = verifier({ patience: 300 });
    await verify(providerToken("one", first));
    idp.answer(mood);
    now += FRESH;
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
    expect(await outcomeOf(verify, providerToken("two", second))).toBe("unavailable");
    expect(await outcomeOf(verify, providerToken("one", second))).toBe("refused");
    now += DAY;
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("unavailable");
  });

  test("[P16] does not answer for long: only the first one waits for it, and its new keys are found when it is back", async () => {
    const verify = verifier({ patience: 300 });
    await verify(providerToken("one", first));
    idp.answer(() => {});
    now += FRESH;
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
    expect(failures).toHaveLength(1);
    now += RETRY;
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
    expect(failures).toHaveLength(1); // The second question is still open.
    await vi.waitFor(() => expect(failures).toHaveLength(2));
    idp.publish({ two: second });
    now += RETRY;
    expect(await outcomeOf(verify, providerToken("two", second))).toBe("accepted");
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("refused");
  });

  test("[P16] is dead: the same", async () => {
    const verify = verifier();
    await verify(providerToken("one", first));
    await idp[Symbol.asyncDispose]();
    now += FRESH;
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
    expect(failures).toHaveLength(1);
    idp = await IdentityProvider.open();
  });

  test("[P16] publishes a broken key: that key's tokens may come back, the others' are accepted", async () => {
    idp.publishRaw({ kty: "RSA", n: "!!", e: "AQAB", kid: "broken", alg: "RS256" }, { ...first.jwk, kid: "one" });
    const verify = verifier();
    expect(await outcomeOf(verify, providerToken("broken", second))).not.toBe("accepted");
    expect(await outcomeOf(verify, providerToken("one", first))).toBe("accepted");
  });

  test("[P16] while it is slow, those who wait share one question", async () => {
    idp.answer((_request, response) =>
      setTimeout(() => response.end(JSON.stringify({ keys: [{ ...first.jwk, kid: "one" }] })), 100),
    );
    const verify = verifier();
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => outcomeOf(verify, providerToken("one", first))),
    );
    expect(new Set(outcomes)).toEqual(new Set(["accepted"]));
    expect(idp.asked).toBe(1);
  });
});
