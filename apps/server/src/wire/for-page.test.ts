import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draft } from "../inbox/contract/bench.ts";
import { openSqliteInbox } from "../inbox/sqlite/inbox.ts";
import { fail, temporaryPlace } from "../testing/place.ts";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

const forPage = { url: "/builds/17", data: { build: 17 }, priority: "high" } as const;

describe("what is for the recipient's page", () => {
  it("[P35] [P36] [P37] arrives as it was sent", async () => {
    const [author, reader] = await Promise.all([hub.tab("a1"), hub.tab("r1")]);
    author.send({ type: "send", id: "d1", to: "r1", text: "Broken.", ...forPage });
    expect(await reader.next()).toMatchObject({ entries: [{ kind: "notification", text: "Broken.", ...forPage }] });
    expect(JSON.stringify(await author.next())).not.toContain("builds");
  });

  it.each([
    ["invalidUrl", { url: "javascript:alert(1)" }],
    ["invalidUrl", { url: "data:text/html,x" }],
    ["invalidUrl", { url: "//evil.example" }],
    ["invalidUrl", { url: '"><img src=x onerror=alert(1)>' }],
    ["invalidData", { data: JSON.parse('{"__proto__":{"admin":true}}') }],
    ["invalidData", { data: JSON.parse('{"a":{"constructor":{"prototype":{"admin":true}}}}') }],
    ["invalidTtl", { ttl: 0 }],
    ["draftTooLarge", { text: "鐘".repeat(4_000), data: { a: "x".repeat(4_000) } }],
  ])("[P11] %s: refused, and nobody else hears of it", async (code, changed) => {
    const author = await hub.tab("a2");
    author.send({ type: "send", id: "d1", to: "r2", text: "x", ...changed });
    expect(await author.next()).toMatchObject({ type: "refused", id: "d1", code });
    expect(Object.prototype).not.toHaveProperty("admin");
    expect(await (await hub.line()).hello(await hub.token("r2"))).toMatchObject({ head: 0 });
  });

  it.each([{ priority: "urgent" }, { ttl: 0.5 }, { ttl: "60" }, { data: [] }, { url: 5 }])(
    "[P3] %j breaks the protocol",
    async (changed) => {
      const line = await hub.tab("mallory");
      line.send({ type: "send", id: "d1", to: "r3", text: "x", ...changed });
      expect(await line.closed).toMatchObject({ code: 4500 });
    },
  );
});

describe("time to live", () => {
  it("[P38] a notification is retracted at its end, for whoever is here", async () => {
    const [author, reader] = await Promise.all([hub.tab("a4"), hub.tab("r4")]);
    author.send({ type: "send", id: "d1", to: "r4", text: "For a second.", ttl: 1 });
    const arrived = await reader.next();
    expect(arrived).toMatchObject({ entries: [{ expiresAt: expect.any(Number) }], counts: { unseen: 1 } });
    expect(await reader.next()).toMatchObject({
      entries: [{ kind: "retraction", from: "a4", to: "r4", id: "d1" }],
      counts: { unseen: 0, unread: 0 },
    });
    await author.next();
    await author.next();
    expect(await author.next()).toMatchObject({ entries: [{ kind: "retraction", id: "d1" }] });
    expect(await (await hub.line()).hello(await hub.token("r4"))).toMatchObject({ snapshot: { notifications: [] } });
  });

  it("[P38] also if the hub was down when it came", async () => {
    const place = await temporaryPlace();
    const file = join(place.path, "kept.db");
    const before = await openSqliteInbox({ file, onFatal: fail });
    await before.commit([draft("a5", "r5", "d1", { at: Date.now() - 5_000, ttl: 1 })]);
    await before.close();

    const later = await startTestHub({ CARILLON_STORE: `sqlite:${file}` });
    const reader = await later.line();
    const welcome = (await reader.hello(await later.token("r5"))) as { head: number };
    if (welcome.head === 1) expect(await reader.next()).toMatchObject({ entries: [{ kind: "retraction", id: "d1" }] });
    else expect(welcome).toMatchObject({ head: 2, snapshot: { notifications: [] }, counts: { unseen: 0 } });
    await later.close();
    await place.remove();
  });
});
