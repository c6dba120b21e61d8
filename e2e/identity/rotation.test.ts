import { randomBytes } from "node:crypto";
import { Close } from "@carillon/protocol";
import { mintToken } from "@carillon/protocol/token";
import { SocketLine } from "@carillon/server/testing/socket-line.ts";
import { expect, test } from "vitest";
import { Hub } from "../fixtures/hub.ts";
import { temporaryPlace } from "../faults/place.ts";

const [old, fresh] = ["old", "fresh"].map((kid) => ({ kid, text: randomBytes(32).toString("base64url") }));

/** As README has it: the new key joins, the backend changes over, the old key goes. Nobody who holds a token notices. */
test(
  "[P16] keys are rotated without a gap: nobody is refused on the way, nothing is missed, and the old key is good for nothing in the end",
  { timeout: 60_000 },
  async () => {
    await using place = await temporaryPlace();
    const early = await token(old);
    const late = await token(fresh);

    const before = await running(place.path, [old]);
    const first = await SocketLine.open(before.socket);
    const { position } = (await first.hello(early)) as { position: unknown };
    expect(await closeOf(before.socket, late)).toEqual(Close.tokenRefused);
    await send(first, "before");
    await before.hub.stop();

    const during = await running(place.path, [old, fresh]);
    const [holder, changedOver] = [await SocketLine.open(during.socket), await SocketLine.open(during.socket)];
    expect(await holder.hello(early, position)).toMatchObject({ type: "welcome", recovered: true, head: 2 });
    expect(await changedOver.hello(late, position)).toMatchObject({ type: "welcome", recovered: true, head: 2 });
    holder.send({ type: "renew", id: "n1", token: late });
    expect(await holder.next()).toMatchObject({ type: "entries", entries: [{ id: "before" }, { id: "before" }] });
    expect(await holder.next()).toMatchObject({ type: "renewed", id: "n1" });
    await during.hub.stop();

    const after = await running(place.path, [fresh]);
    const last = await SocketLine.open(after.socket);
    expect(await last.hello(late, position)).toMatchObject({ type: "welcome", recovered: true });
    expect(await closeOf(after.socket, early)).toEqual(Close.tokenRefused);
    await after.hub.kill();
  },
);

type Key = { readonly kid: string; readonly text: string } | undefined;

async function running(folder: string, keys: readonly Key[]) {
  const hub = await Hub.in(folder, {
    CARILLON_MODE: "production",
    CARILLON_TOKEN_KEYS: keys.map((key) => `${key?.kid}:${key?.text}`).join(","),
  });
  return { hub, socket: `ws://127.0.0.1:${hub.port}/v1/socket` };
}

function token(key: Key): Promise<string> {
  const secret = new TextEncoder().encode(key?.text);
  return mintToken("101", { key: { kid: key?.kid ?? "", secret }, audience: "carillon" });
}

/** To oneself, so that one connection sees both ends. */
async function send(line: SocketLine, id: string): Promise<void> {
  line.send({ type: "send", id, to: "101", text: id });
  expect(await line.next()).toMatchObject({ type: "entries" });
  expect(await line.next()).toMatchObject({ type: "sent", id });
}

async function closeOf(url: string, shown: string) {
  const line = await SocketLine.open(url);
  line.send({ type: "hello", token: shown });
  return line.closed;
}
