import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_API_SECRET, startTestHub, type TestHub } from "../../testing/test-hub.ts";

/** Thousands of drafts, on a machine that may have much else to do. */
const SLOW = 30_000;
const SHOP = "shop-secret-".padEnd(40, "s");
const NEXT = "next-secret-".padEnd(40, "n");
let hub: TestHub;
beforeAll(async () => (hub = await startTestHub({ CARILLON_API_KEYS: `shop:${SHOP},shop:${NEXT}` })));
afterAll(() => hub.close());

type Ask = { secret?: string; key?: string; headers?: Record<string, string>; body?: unknown; method?: string };

async function ask(
  path: string,
  { secret = SHOP, key, headers, body, method = body === undefined ? "GET" : "POST" }: Ask = {},
) {
  const response = await fetch(hub.url + path, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(key !== undefined && { "idempotency-key": key }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, said: (await response.json()) as Said };
}
type Said = {
  id: string;
  code: string;
  entries: { kind: string }[];
  results: { to: string; id: string; outcome: string }[];
};

const post = (body: object, more: Ask = {}) => ask("/v1/notifications", { body, ...more });
const outcomes = ({ said }: { said: Said }) => said.results.map(({ outcome }) => outcome);

describe("sending", () => {
  it("[P6] to one user: rings in the user's tabs, from the application", async () => {
    const tab = await hub.tab("one");
    const { status, said } = await post({ to: "one", text: "Hello." });
    expect([status, said]).toMatchObject([201, { results: [{ to: "one", outcome: "stored" }] }]);
    expect(await tab.next()).toMatchObject({ entries: [{ kind: "notification", from: "app:shop", text: "Hello." }] });
  });

  it("[P14] for a user who answered: that user's tabs show it and learn what becomes of it", async () => {
    const [author, reader] = await Promise.all([hub.tab("writer"), hub.tab("reader")]);
    await post({ to: "reader", from: "writer", text: "Agreed.", thread: "post-1", url: "/posts/1" });
    expect(await reader.next()).toMatchObject({ entries: [{ from: "writer", thread: "post-1", url: "/posts/1" }] });
    expect(await author.next()).toMatchObject({ entries: [{ kind: "sent", to: "reader", state: "stored" }] });
    reader.send({ type: "ack", seq: 1 });
    expect(await author.next()).toMatchObject({ entries: [{ kind: "receipt", state: "delivered" }] });
  });

  it(
    "to a thousand at once, durable together, each with a draft of its own",
    async () => {
      const to = Array.from({ length: 1_000 }, (_, n) => `many${n}`);
      const sent = await post({ to, text: "To everybody." }, { key: "thousand" });
      expect(sent.status).toBe(201);
      expect(new Set(sent.said.results.map(({ id }) => id)).size).toBe(1_000);
      expect((await ask("/v1/users/many999/counts")).said).toMatchObject({ unseen: 1 });
      expect((await post({ to: [...to, "one more"], text: "x" })).said.code).toBe("badRequest");
    },
    SLOW,
  );

  it(
    "[P30] a thousand large ones from an author who is here hang nobody up",
    async () => {
      const author = await hub.tab("loud");
      const to = Array.from({ length: 1_000 }, (_, n) => `loud${n}`);
      await post({ to, from: "loud", text: "鐘".repeat(4_000) });
      let heard = 0;
      while (heard < 1_000) heard += ((await author.next()) as Said).entries.length;
      expect(heard).toBe(1_000);
    },
    SLOW,
  );

  it("names what is refused, recipient by recipient, and stores the rest", async () => {
    const { status, said } = await post({ to: ["fine", "not\nfine"], text: "x" });
    expect(status).toBe(201);
    expect(said.results).toMatchObject([
      { to: "fine", outcome: "stored" },
      { to: "not\nfine", outcome: "refused", code: "invalidTarget" },
    ]);
  });

  it.each([
    [422, "emptyText", { text: " " }],
    [422, "textTooLong", { text: "a".repeat(4_001) }],
    [422, "malformedText", { text: "\u0000" }],
    [422, "malformedText", { text: "\ud800" }],
    [422, "invalidTarget", { to: "" }],
    [422, "invalidTarget", { to: "x".repeat(10_000) }],
    [422, "invalidThread", { thread: "" }],
    [422, "invalidUrl", { url: "javascript:alert(1)" }],
    [422, "invalidUrl", { url: "data:text/html,x" }],
    [422, "invalidUrl", { url: "//evil.example" }],
    [422, "invalidUrl", { url: "/\\evil.example" }],
    [422, "invalidData", { data: { n: 2 ** 53 } }],
    [422, "invalidData", { data: { deep: JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`) } }],
    [422, "invalidTtl", { ttl: 0 }],
    [422, "invalidTtl", { ttl: 31_536_001 }],
    [422, "invalidAuthor", { from: "" }],
    [422, "invalidAuthor", { from: "app:other" }],
    [400, "badRequest", { to: [] }],
    [400, "badRequest", { to: 5 }],
    [400, "badRequest", { text: undefined }],
    [400, "badRequest", { priority: "urgent" }],
    [400, "badRequest", { ttl: 0.5 }],
    [400, "badRequest", { data: [] }],
    [400, "badRequest", { thred: "a slip" }],
  ])("%i %s: %j", async (status, code, changed) => {
    const answer = await post({ to: "nobody", text: "x", ...changed });
    expect([answer.status, answer.said]).toMatchObject([status, { code, docs: `/docs#${code}` }]);
    expect((await ask("/v1/users/nobody/log")).said.entries).toEqual([]);
  });

  it.each(["<img src=x onerror=alert(1)>", "\u202eabc", "👩‍👩‍👧", "é", "e\u0301"])(
    "[P5] %j goes through byte for byte, as text and as a uid",
    async (text) => {
      await post({ to: text, text }, { key: encodeURIComponent(text).slice(0, 200) });
      const { said } = await ask(`/v1/users/${encodeURIComponent(text)}/log`);
      expect(said.entries).toMatchObject([{ kind: "notification", text }]);
    },
  );
});

describe("once", () => {
  it(
    "[P12] the same key and body is stored once, also at the same time, and answered as the first was",
    async () => {
      const body = { to: ["once1", "once2"], text: "Once.", data: { a: 1 } };
      const all = await Promise.all(Array.from({ length: 20 }, () => post(body, { key: "once" })));
      expect(all.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
      expect(new Set(all.map(({ said }) => JSON.stringify(said).replaceAll("duplicate", "stored"))).size).toBe(1);
      expect((await ask("/v1/users/once1/counts")).said).toMatchObject({ unseen: 1 });
    },
    SLOW,
  );

  it("[P12] the same key and another body is a conflict, and changes nothing", async () => {
    await post({ to: "clash", text: "First." }, { key: "clash" });
    for (const changed of [
      { text: "Second." },
      { thread: "t" },
      { url: "/x" },
      { data: {} },
      { ttl: 9 },
      { priority: "low" },
    ]) {
      const { status, said } = await post({ to: "clash", text: "First.", ...changed }, { key: "clash" });
      expect([status, said.code]).toEqual([409, "conflict"]);
    }
    expect((await ask("/v1/users/clash/log")).said.entries).toHaveLength(1);
  });

  it("[P12] the same key to further recipients is the same broadcast", async () => {
    const first = await post({ to: ["b1", "b2"], text: "x" }, { key: "wide" });
    const second = await post({ to: ["b2", "b3"], text: "x" }, { key: "wide" });
    expect(second.said.id).toBe(first.said.id);
    expect(outcomes(second)).toEqual(["duplicate", "stored"]);
  });

  it("[P12] the same key of another application, and no key, are something else; another secret of the name is not", async () => {
    const body = { to: "apart", text: "x" };
    expect((await post(body, { key: "k" })).status).toBe(201);
    expect((await post(body, { key: "k", secret: DEMO_API_SECRET })).status).toBe(201);
    expect((await post(body, { key: "k", secret: NEXT })).status).toBe(200);
    expect([(await post(body)).status, (await post(body)).status]).toEqual([201, 201]);
  });

  it.each(["", "a b", "x".repeat(256), "é"])("a key that is none is refused: %j", async (key) => {
    const { status, said } = await post({ to: "a", text: "x" }, { key });
    expect([status, said.code]).toEqual([400, "badRequest"]);
  });
});

describe("changing", () => {
  it("[P26] one notification is edited and retracted by its author", async () => {
    const { said } = await post({ to: "c1", from: "editor", text: "Old." });
    const path = `/v1/notifications/${said.results[0]?.id}`;
    expect((await ask(path, { method: "PATCH", body: { text: "New." } })).said.code).toBe("unknownDraft");
    expect((await ask(path, { method: "PATCH", body: { text: "" } })).said.code).toBe("emptyText");
    expect((await ask(path, { method: "PATCH", body: { from: "editor", text: "New." } })).status).toBe(200);
    expect((await ask("/v1/users/c1/log")).said.entries[0]).toMatchObject({ text: "New.", edited: true });
    expect((await ask(`${path}?from=editor`, { method: "DELETE" })).status).toBe(200);
    expect((await ask("/v1/users/c1/log")).said.entries[0]).toMatchObject({ text: "", retracted: true });
  });

  it(
    "[P26] a broadcast is edited and retracted whole, page by page, and no other with it",
    async () => {
      const to = Array.from({ length: 700 }, (_, n) => `wide${n}`);
      const { said } = await post({ to, text: "Old." }, { key: "wide-one" });
      await post({ to: "wide0", text: "Another." }, { key: "wide-other" });
      const path = `/v1/broadcasts/${said.id}`;
      expect((await ask(path, { method: "PATCH", body: { text: "New." } })).said).toEqual({ notifications: 700 });
      expect((await ask("/v1/users/wide699/log")).said.entries[0]).toMatchObject({ text: "New." });
      expect((await ask(path, { method: "DELETE" })).said).toEqual({ notifications: 700 });
      expect((await ask("/v1/users/wide0/counts")).said).toMatchObject({ unseen: 1 });
      expect((await ask("/v1/users/wide699/counts")).said).toMatchObject({ unseen: 0 });
      expect((await ask(`/v1/broadcasts/${"x".repeat(22)}`, { method: "DELETE" })).said.code).toBe("unknownDraft");
    },
    SLOW,
  );
});

describe("reading", () => {
  it("[P10] a log, from any place, bounded, with its position and counts", async () => {
    await post({ to: "log", text: "1" });
    for (let n = 2; n <= 5; n++) await post({ to: "log", text: String(n) });
    const seqs = async (query: string) => {
      const { said } = await ask(`/v1/users/log/log?${query}`);
      const { entries, position, counts } = said as unknown as {
        entries: { seq: number }[];
        position: { seq: number };
        counts: { asOf: number };
      };
      return { seqs: entries.map(({ seq }) => seq), at: position.seq, asOf: counts.asOf };
    };
    expect(await seqs("after=0&limit=2")).toEqual({ seqs: [1, 2], at: 2, asOf: 5 });
    expect(await seqs("after=2")).toEqual({ seqs: [3, 4, 5], at: 5, asOf: 5 });
    expect(await seqs("after=5")).toEqual({ seqs: [], at: 5, asOf: 5 });
    expect(await seqs("limit=2")).toEqual({ seqs: [4, 5], at: 5, asOf: 5 });
    expect(await seqs("before=4&limit=2")).toEqual({ seqs: [2, 3], at: 3, asOf: 5 });
    expect(await seqs("before=2")).toEqual({ seqs: [1], at: 1, asOf: 5 });
    expect(await seqs("before=0")).toEqual({ seqs: [], at: 0, asOf: 5 });
  });

  it("[P14] acknowledges nothing: what is read here is delivered to nobody", async () => {
    await post({ to: "unread", from: "watcher", text: "x" });
    await ask("/v1/users/unread/log");
    expect((await ask("/v1/users/watcher/log")).said.entries).toMatchObject([{ kind: "sent", state: "stored" }]);
  });

  it.each([
    "limit=0",
    "limit=101",
    "limit=1e400",
    "limit=x",
    "after=-1",
    "after=9007199254740993",
    "after=1.5",
    "after=1&before=2",
    "befor=1",
    "after=1&after=2",
    "__proto__=1",
  ])("refuses ?%s", async (query) => {
    const { status, said } = await ask(`/v1/users/log/log?${query}`);
    expect([status, said.code]).toEqual([400, "badRequest"]);
  });

  it("[P23] marks a user's notifications as the user's own devices do", async () => {
    const tab = await hub.tab("marked");
    await post({ to: "marked", text: "x" });
    await tab.next();
    const { said } = await ask("/v1/users/marked/marks", { body: { mark: "read", target: { upTo: 1 } } });
    expect(said).toEqual({ unseen: 0, unread: 0, asOf: 2 });
    expect(await tab.next()).toMatchObject({ entries: [{ kind: "mark", mark: "read" }] });
  });

  it("[P52] [P53] archives and puts off, as marks do; a time that is over is refused", async () => {
    for (const n of [1, 2]) await post({ to: "tidied", text: `x${n}` });
    const archived = await ask("/v1/users/tidied/marks", { body: { mark: "archived", target: { seqs: [1] } } });
    expect(archived.said).toEqual({ unseen: 1, unread: 1, asOf: 3 });
    const snooze = (body: object) => ask("/v1/users/tidied/snoozes", { body });
    expect((await snooze({ seqs: [2], until: Date.now() + 60_000 })).said).toEqual({ unseen: 0, unread: 0, asOf: 4 });
    expect((await snooze({ seqs: [2] })).said).toEqual({ unseen: 1, unread: 1, asOf: 5 });
    expect(await snooze({ seqs: [2], until: 1 })).toMatchObject({ status: 422, said: { code: "invalidUntil" } });
    expect(await snooze({ seqs: [] })).toMatchObject({ status: 400, said: { code: "badRequest" } });
  });

  it("[P54] [P55] reads and changes what a user wants no bell for, and the user's tabs hear of it", async () => {
    const tab = await hub.tab("calm");
    const silence = "/v1/users/calm/silence";
    expect((await ask(silence)).said).toEqual({ mutes: [] });
    const mute = (body: object) => ask("/v1/users/calm/mutes", { body });
    const mutes = [{ thread: "post-1" }, { from: "bore" }];
    for (const target of mutes) expect((await mute({ target, muted: true })).status).toBe(200);
    expect(await tab.next()).toMatchObject({ entries: [{ kind: "mute", target: mutes[0] }] });
    const until = Date.now() + 60_000;
    const quiet = await ask("/v1/users/calm/quiet", { body: { until } });
    expect(quiet.said).toEqual({ mutes, quiet: { since: 3, until } });
    const over = { since: 3, until: expect.any(Number), over: true };
    expect((await ask("/v1/users/calm/quiet", { body: {} })).said).toEqual({ mutes, quiet: over });
    expect((await ask(silence)).said).toEqual({ mutes, quiet: over });
    expect(await mute({ target: { from: "" }, muted: true })).toMatchObject({ said: { code: "invalidTarget" } });
    expect((await mute({ target: mutes[0], muted: false })).said).toEqual({ mutes: [mutes[1]], quiet: over });
  });

  it("tells who is here, and hangs them up", async () => {
    expect((await ask("/v1/users/here/presence")).said).toEqual({ online: false, connections: 0 });
    const tabs = await Promise.all([hub.tab("here"), hub.tab("here")]);
    expect((await ask("/v1/users/here/presence")).said).toEqual({ online: true, connections: 2 });
    expect((await ask("/v1/users/here/disconnect", { method: "POST" })).said).toEqual({ connections: 2 });
    for (const tab of tabs) expect(await tab.closed).toEqual({ code: 4010, reason: "disconnected by the application" });
    expect((await ask("/v1/users/here/presence")).said).toEqual({ online: false, connections: 0 });
  });

  it("[P32] revokes a user's tokens: connections end, and the same tokens open none any more", async () => {
    const token = await hub.token("gone");
    const line = await hub.line();
    await line.hello(token);
    expect((await ask("/v1/revocations", { body: { uid: "gone" } })).said).toEqual({ done: true });
    expect(await line.closed).toMatchObject({ code: 4503 });
    const again = await hub.line();
    await again.hello(token);
    expect(await again.closed).toMatchObject({ code: 4503 });
  });

  it.each([{}, { uid: "" }, { tokenId: "" }, { uid: "a", tokenId: "b" }, { tokenId: "a", expiresAt: -1 }])(
    "[P32] %j revokes nothing",
    async (body) => expect((await ask("/v1/revocations", { body })).said.code).toBe("badRequest"),
  );
});
