import { tutorialToken } from "@carillon/protocol/token";
import { expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { tokenFor } from "../faults/credentials.ts";
import { LIMIT_MS } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { frame, opcode } from "./raw/frame.ts";
import { Guest } from "./raw/guest.ts";
import { type Headers, request, type RequestOptions, upgrade } from "./raw/http.ts";
import { RawPeer } from "./raw/peer.ts";

const TUTORIAL_KEY = "a-key-of-the-dialect";
const API_SECRET = "a-secret-of-a-backend-that-nobody-else-has";
/** Found nowhere by accident. */
const UID = "uid-of-nobody-else";
/** Stands in everything that nobody but its readers may read. */
const TEXT = "the-secret-text";

it(
  "[P16] neither log nor metric nor error nor header repeats a token or a text, at the finest level",
  { timeout: LIMIT_MS },
  async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store, {
      env: {
        CARILLON_LOG_LEVEL: "debug",
        CARILLON_TUTORIAL_KEY: TUTORIAL_KEY,
        CARILLON_API_KEYS: `shop:${API_SECRET}`,
      },
    });
    const token = await tokenFor(UID);
    const legacy = tutorialToken(UID, TUTORIAL_KEY);
    const secrets = [TEXT, token, token.split(".")[2] ?? "", legacy, API_SECRET];
    const said: string[] = [];

    await converse(hub.port);
    await backend(hub.port);
    for (const frames of [
      [{ type: "hello", token: `${token}x` }],
      [{ type: "hello", token: TEXT }],
      [{ type: "hello", token, position: { epoch: TEXT, seq: TEXT } }],
      [{ type: TEXT }],
      [TEXT],
      [
        { type: "hello", token },
        { type: "hello", token },
      ],
      [
        { type: "hello", token },
        { type: "send", id: "a b", to: TEXT, text: TEXT },
      ],
      [{ type: "hello", token }, { [TEXT]: TEXT }],
    ])
      said.push(await afterFrames(hub.port, frames));
    for (const bytes of requests(token, legacy)) said.push(await afterRequest(hub.port, bytes));

    const metrics = await (await fetch(`http://127.0.0.1:${hub.port}/metrics`)).text();
    expect(metrics).toMatch(/^carillon_sends_total\{outcome="stored"\} [1-9]/mu); // It counted what is looked for.
    for (const secret of [...secrets, UID, encodeURIComponent(UID)]) expect(metrics).not.toContain(secret);
    const { code, log } = await hub.stop();
    expect(code).toBe(0);
    expect(log).toContain("session open"); // What is looked through was really written.
    for (const secret of secrets) {
      expect(log).not.toContain(secret);
      for (const answer of said) expect(answer).not.toContain(secret);
    }
    for (const answer of said.filter((each) => each.startsWith("HTTP/1.1 200")))
      expect(answer.toLowerCase()).toContain("referrer-policy: no-referrer");
  },
);

/** All that a user can do, with the text wherever one can stand. */
async function converse(port: number): Promise<void> {
  using guest = await Guest.as(UID, port);
  await guest.ask({ type: "send", id: "sent", to: UID, text: TEXT, thread: TEXT });
  await guest.ask({ type: "send", id: "refused", to: "", text: TEXT });
  await guest.ask({ type: "edit", id: "e", draft: "sent", text: `${TEXT} edited` });
  await guest.ask({ type: "edit", id: "e", draft: TEXT, text: TEXT });
  await guest.ask({ type: "mark", id: "m", mark: "read", target: { upTo: 10 } });
  await guest.ask({ type: "page", id: "p", of: "sent", before: 10, limit: 10 });
  await guest.ask({ type: "retract", id: "r", draft: "sent" });
}

/** What an application asks about that user, right and wrong. */
async function backend(port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  const headers = { authorization: `Bearer ${API_SECRET}`, "content-type": "application/json" };
  const ask = async (path: string, body?: unknown) =>
    (await fetch(url + path, { headers, ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }) }))
      .status;
  expect(await ask("/v1/notifications", { to: UID, text: TEXT, thread: TEXT, data: { TEXT } })).toBe(201);
  expect(await ask("/v1/notifications", { to: UID, text: TEXT, [TEXT]: TEXT })).toBe(400);
  expect(await ask(`/v1/users/${UID}/log`)).toBe(200);
  expect(await ask(`/v1/users/${UID}/marks`, { mark: TEXT })).toBe(400);
}

/** All that the hub says to a connection that says this, its close frame included. */
async function afterFrames(port: number, frames: readonly unknown[]): Promise<string> {
  using peer = await RawPeer.open(port);
  for (const each of frames) peer.write(frame({ payload: typeof each === "string" ? each : JSON.stringify(each) }));
  let all = "";
  for (let next = await peer.frame(); next !== undefined; next = await peer.frame()) {
    all += next.payload.toString();
    if (next.opcode === opcode.close) break;
  }
  return all;
}

async function afterRequest(port: number, bytes: Buffer): Promise<string> {
  using peer = await RawPeer.to(port);
  peer.write(bytes);
  return (await peer.response())?.raw ?? "";
}

/** The token and the text wherever an HTTP request has room for them, right and wrong. */
function requests(token: string, legacy: string): readonly Buffer[] {
  const post = (body: string, type = "application/json"): RequestOptions => ({
    method: "POST",
    target: "/v1/demo/session",
    headers: [
      ["Content-Type", type],
      ["Content-Length", String(body.length)],
    ],
    body,
  });
  const bearing: Headers = [
    ["Authorization", `Bearer ${token}`],
    ["Cookie", `token=${token}`],
    ["Referer", `http://127.0.0.1/?token=${token}`],
    ["X-Text", TEXT],
  ];
  return [
    request({ target: "/healthz", headers: bearing }),
    request({ target: `/healthz?token=${token}&text=${TEXT}` }),
    request({ target: `/v1/${TEXT}/${token}` }),
    request({ target: `/v1/%zz${TEXT}?token=${token}` }),
    request({ target: `/${TEXT}?token=${token}`, headers: bearing }),
    request({ method: TEXT, target: "/healthz" }),
    request({ target: "/healthz", headers: [["Expect", TEXT]] }),
    request(post(`{"uid":"${TEXT}`)),
    request(post(`{"uid":5,"text":"${TEXT}","token":"${token}"}`)),
    request(post(`{"__proto__":"${TEXT}"}`)),
    request(post(TEXT, `${TEXT}/x`)),
    request(post("{}", TEXT)),
    upgrade({ headers: [["Sec-WebSocket-Protocol", `carillon.v1, ${token}, ${TEXT}`]] }),
    upgrade({ headers: [["Sec-WebSocket-Protocol", TEXT]] }),
    upgrade({ headers: [["Origin", `https://${TEXT}.example`]] }),
    upgrade({ headers: [["Sec-WebSocket-Version", TEXT]] }),
    upgrade({ headers: [["Sec-WebSocket-Extensions", `${TEXT}; x=${token}`]] }),
    upgrade({ target: `/?uid=${UID}&token=${legacy}`, headers: [["Sec-WebSocket-Protocol", undefined]] }),
    upgrade({ target: `/?uid=${UID}&token=${TEXT}`, headers: [["Sec-WebSocket-Protocol", undefined]] }),
    upgrade({ target: `/v1/socket?token=${token}`, headers: [["Sec-WebSocket-Protocol", undefined]] }),
  ];
}
