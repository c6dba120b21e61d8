import { createHmac } from "node:crypto";
import type { Notification } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { settings } from "../faults/hubs.ts";
import { LIMIT_MS } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { Guest } from "./raw/guest.ts";
import { RawPeer } from "./raw/peer.ts";

/** Each is what a store, a wire or a page could be tempted to change. */
const texts: readonly (readonly [what: string, text: string])[] = [
  ["an emoji of four people", "👩‍👩‍👧‍👦"],
  ["a flag of letters and a flag of tags", "🇨🇭🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"],
  ["a skin colour and a variation", "👍🏽 ❤️ ❤"],
  ["a right-to-left override", "abc\u202egnp.exe\u202c def"],
  ["isolates that are never closed", "\u2066\u2067\u2068 open"],
  ["Hebrew and Arabic with digits", "שלום 123 مرحبا ١٢٣"],
  ["characters without a width", "a\u200bb\u200cc\u200dd\u2060e\ufefff"],
  ["a byte order mark before and behind", "\ufeffx\ufeff"],
  ["composed", "é Å ﬁ 가"],
  ["the same, decomposed", "e\u0301 A\u030a fi \u1100\u1161"],
  ["forty accents on a letter", `Z${"\u0351".repeat(40)}`],
  ["white space of all kinds around", " \u00a0\u2003\t\r\n x \u2028\u2029\u3000 "],
  ["what is not assigned, private or no character", "\u0378 \ue000 \u{10ffff} \ufffe \uffff \ufdd0"],
  ["what replaces what was broken", "\ufffd"],
  ["markup, quotes and escapes", `<img src=x onerror=alert(1)> &amp; ' " \` \\u0041 \\x00 %00 \${x} {{x}}`],
  ["SQL", `'; DROP TABLE entry; -- " OR 1=1`],
  ["the longest there is", "𝔘".repeat(2_000)],
];

/** Each differs from its neighbours in as little as can be. */
const uids = [
  // The second and the third "a" are Cyrillic and fullwidth; the accents are composed, decomposed, and one of no width.
  ..."a A \u0430 \uff41 aa \u00e1 a\u0301 a\u200b \u202ea %61 a% a_ a* ? * % _".split(" "),
  ...".. ../a ./a /a a/ a/b a\\b a:b a::b {a} {a a} [a] a|b a,b a;b a\u2028b".split(" "),
  ..."0 00 -0 1 1.0 1e0 0x1 \u0663 null undefined true NaN __proto__ a'-- 👩‍👩‍👧‍👦 🇨🇭".split(" "),
  "a ",
  " a",
  "[object Object]",
  `' OR '1'='1`,
  `"; DROP TABLE entry; --`,
  "x".repeat(128),
  `${"x".repeat(127)}y`,
  "é".repeat(64),
];

describe("strings that are kept", { timeout: LIMIT_MS }, () => {
  it("[P5] every text comes byte for byte: pushed, replayed, in a snapshot and in a page, also after a restart", async () => {
    const all = texts.map(([, text]) => text);
    await using place = await temporaryPlace();
    await using first = await HubProcess.start(place.store);
    using author = await Guest.as("author", first.port);
    using reader = await Guest.as("reader", first.port);
    for (const [n, text] of all.entries())
      expect(await author.ask({ type: "send", id: `t${n}`, to: "reader", text })).toMatchObject({ type: "sent" });
    await reader.has(all.length);
    expect(textsOf(reader.entries)).toEqual(all);

    await first.kill();
    await using second = await HubProcess.start(place.store);
    using fresh = await Guest.as("reader", second.port);
    expect(fresh.welcome.recovered ? [] : textsOf(fresh.welcome.snapshot.notifications)).toEqual(all);
    const page = await fresh.ask({ type: "page", id: "p", of: "notification", before: 1_000, limit: 50 });
    expect(page.type === "page" && textsOf(page.items)).toEqual(all);
    using resumed = await Guest.as("reader", second.port, reader.welcome.position);
    await resumed.has(all.length);
    expect(textsOf(resumed.entries)).toEqual(all);
  });

  it("[P5] users whose names differ in a byte have nothing in common, also after a restart", async () => {
    expect(new Set(uids).size).toBe(uids.length);
    await using place = await temporaryPlace();
    await using first = await HubProcess.start(place.store);
    for (const uid of uids) {
      using guest = await Guest.as(uid, first.port);
      expect(await guest.ask({ type: "send", id: "mine", to: uid, text: `For ${uid}` })).toMatchObject({
        type: "sent",
        seq: 2,
      });
    }
    await first.kill();
    await using second = await HubProcess.start(place.store);
    for (const uid of uids) {
      using guest = await Guest.as(uid, second.port);
      expect(guest.welcome).toMatchObject({
        uid,
        head: 2,
        snapshot: { notifications: [{ from: uid, text: `For ${uid}` }], sent: [{ to: uid, id: "mine" }] },
      });
    }
  });
});

describe("strings that are refused", { timeout: LIMIT_MS }, () => {
  let place: Awaited<ReturnType<typeof temporaryPlace>>;
  let hub: HubProcess;
  beforeAll(async () => {
    place = await temporaryPlace();
    hub = await HubProcess.start(place.store);
  }, LIMIT_MS);
  afterAll(async () => {
    await hub.kill();
    await place[Symbol.asyncDispose]();
  });

  const noUids: readonly (readonly [what: string, uid: string])[] = [
    ["nothing", ""],
    ["129 bytes", "x".repeat(129)],
    ["129 bytes of 65 letters", `${"é".repeat(64)}x`],
    ["10 KB", "x".repeat(10_240)],
    ["NUL", "a\0"],
    ["a line feed", "a\nb"],
    ["DEL", "a\u007f"],
    ["a C1 control", "a\u0085"],
    ["a high surrogate alone", "a\ud800"],
    ["a low surrogate alone", "\udc00a"],
    ["surrogates in the wrong order", "\ude00\ud83d"],
  ];
  it.each(noUids)("[P5] %s is nobody, for drafts and for tokens", async (_what, uid) => {
    using guest = await Guest.as("author", hub.port);
    expect(await guest.ask({ type: "send", id: "x", to: uid, text: "x" })).toMatchObject({
      type: "refused",
      code: "invalidTarget",
    });
    using peer = await RawPeer.open(hub.port);
    peer.say({ type: "hello", token: signed(uid) });
    expect(await peer.ending()).toBe(4501);
  });

  it("[P16] a number, an object or nothing at all is nobody either", async () => {
    for (const sub of [100, { uid: "100" }, ["100"], null, undefined, true]) {
      using peer = await RawPeer.open(hub.port);
      peer.say({ type: "hello", token: signed(sub) });
      expect(await peer.ending()).toBe(4501);
    }
    using peer = await RawPeer.open(hub.port);
    peer.say({ type: "hello", token: signed("100") });
    expect(await peer.hear()).toMatchObject({ type: "welcome", uid: "100" });
  });

  it.each([
    ["a surrogate alone", "a\ud83d", "malformedText"],
    ["NUL", "a\0b", "malformedText"],
    ["an escape", "a\u001b[31m", "malformedText"],
    ["white space alone", " \u3000\n", "emptyText"],
    ["4,001 code units", "x".repeat(4_001), "textTooLong"],
  ])("[P5] %s is no text, in a draft and in an edit", async (_what, text, code) => {
    using guest = await Guest.as("author", hub.port);
    expect(await guest.ask({ type: "send", id: "no-text", to: "reader", text })).toMatchObject({
      type: "refused",
      code,
    });
    expect(await guest.ask({ type: "edit", id: "e", draft: "any", text })).toMatchObject({ type: "refused", code });
  });
});

function textsOf(entries: readonly { readonly kind: string }[]): readonly string[] {
  return entries.filter((entry): entry is Notification => entry.kind === "notification").map(({ text }) => text);
}

/** A token with a right signature and any subject (RFC 7515, 3.1). */
function signed(sub: unknown): string {
  const [kid, secret = ""] = settings.CARILLON_TOKEN_KEYS?.split(":") ?? [];
  const now = Math.floor(Date.now() / 1_000);
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const content = `${part({ alg: "HS256", kid })}.${part({ sub, aud: "carillon", iat: now, exp: now + 60 })}`;
  return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
}
