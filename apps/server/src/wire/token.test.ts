import { join } from "node:path";
import { Close } from "@carillon/protocol";
import { edwards, hmac, rsa, unsigned, forge } from "@carillon/protocol/testing/forge.ts";
import { IdentityProvider, providerToken } from "@carillon/protocol/testing/identity-provider.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryPlace } from "../testing/place.ts";
import { startTestHub, TUTORIAL_KEY, type TestHub } from "../testing/test-hub.ts";
import { tutorialToken } from "@carillon/protocol/token";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

const draft = (id: string, to: string) => ({ id, to, text: `text of ${id}` });

describe("renewal", () => {
  it("[P17] a connection outlives its first token, is not interrupted, and may do what the newer one says", async () => {
    const line = await hub.line();
    expect(await line.hello(await hub.token("long", { lifetime: 3 }))).toMatchObject({ type: "welcome" });
    line.send({ type: "renew", id: "n1", token: await hub.token("long", { lifetime: 60, sendTo: ["carol"] }) });
    expect(await line.next()).toMatchObject({ type: "renewed", id: "n1", expiresIn: expect.any(Number) });
    line.send({ type: "send", ...draft("d1", "dave") });
    expect(await line.next()).toMatchObject({ type: "refused", id: "d1", code: "forbidden" });
    const witness = await hub.line();
    await witness.hello(await hub.token("short", { lifetime: 4 }));
    expect(await witness.closed).toEqual(Close.tokenExpired); // A second after the first token's end.
    line.send({ type: "ping" });
    expect(await line.next()).toEqual({ type: "pong" });
  });

  it("[P17] to a shorter token: the connection ends with that one", async () => {
    const line = await hub.tab("brief");
    line.send({ type: "renew", id: "n1", token: await hub.token("brief", { lifetime: 1 }) });
    expect(await line.next()).toMatchObject({ type: "renewed" });
    expect(await line.closed).toEqual(Close.tokenExpired);
  });

  it("[P17] by another user's token, an expired one, or none: refused alike, and the connection stays", async () => {
    const line = await hub.tab("steady");
    const refused = { type: "refused", code: "tokenRefused", message: expect.any(String) };
    const wrong = [await hub.token("other"), await hub.token("steady", { lifetime: -60 }), "garbage", ""];
    for (const [n, token] of wrong.entries()) {
      line.send({ type: "renew", id: `n${n}`, token });
      expect(await line.next()).toEqual({ ...refused, id: `n${n}` });
    }
    line.send({ type: "ping" });
    expect(await line.next()).toEqual({ type: "pong" });
  });

  it("[P3] before the welcome breaks the protocol", async () => {
    const line = await hub.line();
    line.send({ type: "renew", id: "n1", token: await hub.token("early") });
    expect(await line.closed).toMatchObject({ code: 4500 });
  });
});

describe("what a token allows", () => {
  it("[P31] each draft of a batch is judged by itself; what is allowed is stored, in order", async () => {
    const line = await hub.line();
    await line.hello(await hub.token("limited", { sendTo: ["carol", "limited-2"] }));
    line.send({
      type: "batch",
      drafts: [draft("b1", "dave"), draft("b2", "carol"), draft("b3", "dave"), draft("b4", "")],
    });
    expect(await line.next()).toMatchObject({ type: "entries", entries: [{ kind: "sent", id: "b2" }] });
    const answers = [await line.next(), await line.next(), await line.next(), await line.next()];
    expect(answers).toMatchObject([
      { type: "refused", id: "b1", code: "forbidden" },
      { type: "sent", id: "b2" },
      { type: "refused", id: "b3", code: "forbidden" },
      { type: "refused", id: "b4", code: "invalidTarget" },
    ]);
    expect(answers.every((answer) => !Object.hasOwn(Object(answer), "retryAfter"))).toBe(true);
  });

  it("[P31] a token that may send to nobody receives, marks and takes back, and neither sends nor edits", async () => {
    const free = await hub.tab("reader");
    free.send({ type: "send", ...draft("own", "reader") });
    await Promise.all([free.next(), free.next()]);
    const line = await hub.line();
    await line.hello(await hub.token("reader", { sendTo: [] }));
    line.send({ type: "send", ...draft("d1", "reader") });
    expect(await line.next()).toMatchObject({ type: "refused", id: "d1", code: "forbidden" });
    line.send({ type: "edit", id: "e1", draft: "own", text: "other" });
    expect(await line.next()).toMatchObject({ type: "refused", id: "e1", code: "forbidden" });
    line.send({ type: "mark", id: "m1", mark: "read", target: { upTo: 9 } });
    expect([await line.next(), await line.next()]).toMatchObject([{ type: "entries" }, { type: "done", id: "m1" }]);
    line.send({ type: "retract", id: "r1", draft: "own" });
    expect([await line.next(), await line.next()]).toMatchObject([{ type: "entries" }, { type: "done", id: "r1" }]);
  });
});

describe("revocation", () => {
  it("[P32] of a user reaches every live socket in under a second, and its tokens are refused afterwards", async () => {
    const token = await hub.token("mallory", { now: Date.now() - 5_000 });
    const lines = await Promise.all([hub.line(), hub.line(), hub.line()]);
    for (const line of lines) await line.hello(token);
    const bystander = await hub.tab("bystander");
    const start = performance.now();
    expect(await hub.gate.revoke({ uid: "mallory" })).toEqual({ outcome: "done" });
    expect(await Promise.all(lines.map(({ closed }) => closed))).toEqual([Close.revoked, Close.revoked, Close.revoked]);
    expect(performance.now() - start).toBeLessThan(1_000);
    const again = await hub.line();
    again.send({ type: "hello", token });
    expect(await again.closed).toEqual(Close.revoked);
    bystander.send({ type: "ping" });
    expect(await bystander.next()).toEqual({ type: "pong" });
  });

  it("[P32] a token that is issued later is good", async () => {
    await hub.gate.revoke({ uid: "returning" });
    const line = await hub.line();
    const token = await hub.token("returning", { now: Date.now() + 2_000 }); // As whole seconds have it.
    expect(await line.hello(token)).toMatchObject({ type: "welcome", uid: "returning" });
  });

  it("[P32] of one token leaves the user's others; in a renewal it ends the connection", async () => {
    const [stolen, good] = [await hub.token("victim", { id: "stolen" }), await hub.token("victim")];
    const lines = await Promise.all([hub.line(), hub.line()]);
    await lines[0].hello(stolen);
    await lines[1].hello(good);
    await hub.gate.revoke({ tokenId: "stolen", expiresAt: Date.now() + 3_600_000 });
    expect(await lines[0].closed).toEqual(Close.revoked);
    lines[1].send({ type: "ping" });
    expect(await lines[1].next()).toEqual({ type: "pong" });
    lines[1].send({ type: "renew", id: "n1", token: stolen });
    expect(await lines[1].closed).toEqual(Close.revoked);
  });

  it("[T10] of a user's tokens bars the tutorial's dialect: live, and for good", async () => {
    const query = `?uid=old&token=${tutorialToken("old", TUTORIAL_KEY)}`;
    const line = await hub.tutorial(query);
    await hub.tab("old");
    await hub.gate.revoke({ uid: "old" });
    const closed = { code: Close.revoked.code, reason: "token invalidate." };
    expect(await line.closed).toEqual(closed);
    expect(await (await hub.tutorial(query)).closed).toEqual(closed);
  });

  it("[P32] survives a restart of the hub", async () => {
    const place = await temporaryPlace();
    const settings = { CARILLON_STORE: `sqlite:${join(place.path, "carillon.db")}` };
    const before = await startTestHub(settings);
    const tokens = [await before.token("gone"), await before.token("robbed", { id: "stolen" })];
    await before.gate.revoke({ uid: "gone" });
    await before.gate.revoke({ tokenId: "stolen" });
    await before.close();
    const after = await startTestHub(settings);
    for (const token of tokens) {
      const line = await after.line();
      line.send({ type: "hello", token });
      expect(await line.closed).toEqual(Close.revoked);
    }
    await after.tab("robbed");
    await after.close();
    await place.remove();
  });

  it("disconnecting lets its user come back at once", async () => {
    const line = await hub.tab("flaky");
    expect(await hub.gate.disconnect("flaky")).toBe(1);
    expect(await line.closed).toEqual(Close.disconnected);
    await hub.tab("flaky");
  });
});

describe("an identity provider", () => {
  const [key, stranger] = [edwards(), rsa()];
  let idp: IdentityProvider;
  let site: TestHub;
  beforeAll(async () => {
    idp = await IdentityProvider.open();
    idp.publish({ idp: key });
    site = await startTestHub({
      CARILLON_TOKEN_JWKS_URL: idp.url.href,
      CARILLON_TOKEN_ISSUER: "site,idp",
    });
  });
  afterAll(async () => {
    await site.close();
    await idp[Symbol.asyncDispose]();
  });

  it("[P16] its users connect beside those of the backend", async () => {
    const line = await site.line();
    expect(await line.hello(providerToken("idp", key, { iss: "idp" }))).toMatchObject({ type: "welcome", uid: "101" });
    await site.tab("100");
  });

  it("[P16] everything else is refused alike, and nothing of a token is in the log", async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: "101", aud: "carillon", iss: "idp", iat: now, exp: now + 60 };
    const wrong = [
      providerToken("idp", key, { iss: "evil" }),
      providerToken("idp", key),
      providerToken("idp", key, { iss: "idp", aud: "other" }),
      providerToken("idp", key, { iss: "idp", exp: undefined }),
      providerToken("idp", key, { iss: "idp", iat: now + 3600, exp: now + 7200 }),
      providerToken("idp", stranger, { iss: "idp" }),
      forge({ alg: "none", kid: "idp" }, claims, unsigned),
      forge({ alg: "HS256", kid: "idp" }, claims, hmac(key.publicPem)),
      forge({ alg: "HS256", kid: "../../../dev/null" }, claims, hmac("")),
      forge({ alg: "EdDSA", kid: "idp", crit: ["b42"], b42: 1 }, claims, key.signer),
    ];
    for (const token of wrong) {
      const line = await site.line();
      line.send({ type: "hello", token });
      expect(await line.closed).toEqual(Close.tokenRefused);
    }
    const logged = site.logs.join("\n");
    for (const token of wrong)
      for (const part of token.split(".").slice(1)) expect(part === "" || !logged.includes(part)).toBe(true);
  });

  it("[P16] that does not answer refuses nobody: come back later; renewals wait too, and those who are here stay", async () => {
    const line = await site.line();
    await line.hello(providerToken("idp", key, { iss: "idp" }));
    idp.answer((_request, response) => void response.writeHead(503).end());
    await using other = await IdentityProvider.open();
    other.answer((_request, response) => void response.writeHead(503).end());
    const cold = await startTestHub({ CARILLON_TOKEN_JWKS_URL: other.url.href });
    const waiting = await cold.line();
    waiting.send({ type: "hello", token: providerToken("idp", key) });
    expect(await waiting.closed).toEqual(Close.keysUnavailable);
    const tab = await cold.tab("101");
    tab.send({ type: "renew", id: "n1", token: providerToken("idp", key) });
    expect(await tab.next()).toMatchObject({ type: "refused", code: "unavailable", retryAfter: expect.any(Number) });
    expect(cold.logs.some((entry) => entry.includes("identity provider"))).toBe(true);
    await cold.close();
    line.send({ type: "renew", id: "n1", token: providerToken("idp", key, { iss: "idp" }) });
    expect(await line.next()).toMatchObject({ type: "renewed" });
  });
});
