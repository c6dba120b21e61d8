import { tutorialToken } from "@carillon/protocol/token";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SocketLine } from "../testing/socket-line.ts";
import { startTestHub, type TestHub, TUTORIAL_KEY } from "../testing/test-hub.ts";

const KEY = "a-key-for-those-who-measure";
const TEXT = "a text that is nobody else's business";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub({ CARILLON_METRICS_KEY: KEY })));
afterAll(() => hub.close());

const read = (authorization?: string) =>
  fetch(`${hub.url}/metrics`, { headers: authorization === undefined ? {} : { authorization } });

async function metrics(): Promise<ReadonlyMap<string, number>> {
  const lines = (await (await read(`Bearer ${KEY}`)).text()).split("\n").filter((line) => /^\w/u.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

/** Frames until one of that type. */
async function until(line: SocketLine, type: string): Promise<unknown> {
  for (;;) {
    const frame = (await line.next()) as { type?: string };
    if (frame.type === type) return frame;
  }
}

describe("the metrics", () => {
  it("tell what became of what was sent, and who is there", async () => {
    const [author, target] = await Promise.all([hub.tab("100"), hub.tab("101")]);
    const alerted = await hub.tutorial(`?uid=7&token=${tutorialToken("7", TUTORIAL_KEY)}`);
    const mistaken = await hub.line();
    mistaken.send("{");
    await mistaken.closed;
    const answer = (id: string, text: string) => {
      author.send({ type: "send", id, to: "101", text });
      return until(author, text === "" ? "refused" : "sent");
    };
    await answer("d1", TEXT);
    await answer("d1", TEXT);
    await answer("d2", "");
    await until(target, "entries");
    target.send({ type: "ack", seq: 1 });
    await until(author, "entries"); // The receipt: it is durable, and counted, by now.

    const found = await metrics();
    const expected = {
      'carillon_connections{transport="websocket"}': 2,
      'carillon_connections{transport="tutorial"}': 1,
      carillon_users: 3,
      carillon_sessions: 3,
      'carillon_sends_total{outcome="stored"}': 1,
      'carillon_sends_total{outcome="duplicate"}': 1,
      'carillon_sends_total{outcome="refused"}': 1,
      'carillon_refusals_total{code="emptyText"}': 1,
      'carillon_hang_ups_total{code="4500"}': 1,
      carillon_notifications_pushed_total: 1,
      carillon_notifications_acknowledged_total: 1,
      carillon_delivery_latency_seconds_count: 1,
      carillon_acknowledgement_latency_seconds_count: 1,
      carillon_gaps_repaired_total: 0,
      carillon_waiting_changes: 0,
      carillon_unsent_bytes: 0,
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found.get(name)]))).toEqual(expected);
    expect(found.get("carillon_store_wal_bytes")).toBeGreaterThan(0);
    expect(found.get("carillon_commit_duration_seconds_count")).toBeGreaterThanOrEqual(3);
    expect(found.get('carillon_commit_changes_bucket{le="+Inf"}')).toBe(found.get("carillon_commit_changes_count"));
    expect(found.get("carillon_event_loop_delay_seconds_count")).toBeGreaterThan(0);
    alerted.socket.terminate();
  });

  it("name nobody, and repeat nothing that was said", async () => {
    const text = await (await read(`Bearer ${KEY}`)).text();
    for (const label of text.matchAll(/(\w+)="([^"]*)"/gu)) expect(LABELS).toContain(label[1]);
    expect(text).not.toContain(TEXT);
  });

  it("are for those who have their key", async () => {
    const answers = await Promise.all(
      [undefined, "Bearer", "Bearer wrong", `Basic ${KEY}`, `Bearer ${KEY}x`].map(read),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(await answers[0]?.json()).toMatchObject({ code: "unauthorized", message: expect.any(String) });
    expect((await read(`Bearer ${KEY}`)).headers.get("content-type")).toContain("text/plain; version=0.0.4");
  });
});

describe("the health of a hub", () => {
  it("is ready when a notification of its own has arrived", async () => {
    const response = await fetch(`${hub.url}/readyz`);
    expect([response.status, await response.json()]).toEqual([200, { status: "ready" }]);
  });
});

describe("the logs", () => {
  it("hold a line for each request, with its id and its route, and nothing that its URL or its headers say", async () => {
    const response = await fetch(`${hub.url}/v1/nothing/secret-path?token=secret-query`, {
      headers: { authorization: "Bearer secret-header", "x-request-id": "chosen-by-the-client" },
    });
    const id = response.headers.get("x-request-id") ?? "";
    expect(id).toMatch(/^[\w-]{12}$/u);
    const line = hub.logs.map((each) => JSON.parse(each)).find((each) => each.request === id);
    expect(line).toMatchObject({ method: "GET", status: 404, ms: expect.any(Number) });
    await fetch(`${hub.url}/v1/demo/session`, { method: "POST", body: "{}", headers: JSON_TYPE });
    expect(hub.logs.join()).toContain('"route":"/v1/demo/session"');
    expect(hub.logs.join()).not.toMatch(/secret-|chosen-by/u);
  });

  it("hold no token, no key and no text, whichever way they come", async () => {
    const token = await hub.token("100");
    const tutorial = tutorialToken("8", TUTORIAL_KEY);
    const author = await hub.line();
    await author.hello(token);
    author.send({ type: "send", id: "d9", to: "8", text: TEXT });
    await until(author, "sent");
    author.send(`{"type":"send","text":"${TEXT}"}`);
    const alerted = await hub.tutorial(`?uid=8&token=${tutorial}`);
    alerted.send({ event: "alertTip", toUid: "100", content: TEXT });
    alerted.send(TEXT);
    const garbage = await hub.line();
    garbage.send({ type: "hello", token: `${token}x` });
    await fetch(`${hub.url}/v1/demo/session`, { method: "POST", body: `{"uid":"${TEXT}`, headers: JSON_TYPE });
    await fetch(`${hub.url}/?token=${token}`);
    await read(`Bearer ${KEY}`);
    await Promise.all([author.closed, alerted.closed, garbage.closed]);

    const [all, ids] = [hub.logs.join(), hub.logs.map((line) => JSON.parse(line).session).filter(Boolean)];
    expect(new Set(ids).size).toBeGreaterThanOrEqual(3);
    for (const secret of [token, tutorial, KEY, TEXT, TUTORIAL_KEY]) expect(all).not.toContain(secret);
  });
});

/** All that may ever stand before an equals sign; each has few values. */
const LABELS = ["transport", "outcome", "code", "status", "le", "space", "kind", "version", "major", "minor", "patch"];
const JSON_TYPE = { "content-type": "application/json" };
