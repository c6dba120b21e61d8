import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { Close } from "@carillon/protocol";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { SocketPeer } from "./socket-peer.ts";

describe("what one turn says to a socket", () => {
  it("leaves in one write, in order", async () => {
    const { peer, writes } = peerOf();
    for (const text of ["one", "two", "three"]) peer.send(text);
    expect(writes).toEqual([]);
    await turn();
    expect(writes).toEqual(["\u0081\u0003one\u0081\u0003two\u0081\u0005three"]);
  });

  it("leaves at once if others get the same, and behind what waits", async () => {
    const { peer, writes } = peerOf();
    for (const text of ["one", "two"]) peer.send(text);
    peer.share("all");
    expect(writes).toEqual(["\u0081\u0003one\u0081\u0003two", "\u0081\u0003all"]);
    peer.send("three");
    await turn();
    expect(writes.slice(2)).toEqual(["\u0081\u0005three"]);
  });

  it("[P2] does not follow the close frame of a connection that broke meanwhile", async () => {
    const { peer, socket, writes } = peerOf();
    peer.send("too late");
    socket.readyState = CLOSING;
    peer.share("later still");
    await turn();
    expect(writes).toEqual([]);
  });

  it("[P21] comes before the close frame of a connection that is hung up on", () => {
    const { peer, writes } = peerOf();
    peer.send("last");
    peer.hangUp(Close.replaced);
    expect(writes).toEqual(["\u0081\u0004last", `close ${Close.replaced.code}`]);
  });
});

const OPEN = 1;
const CLOSING = 2;

/** A peer on stand-ins for what it uses of its socket, and what was written to them. */
function peerOf() {
  const writes: string[] = [];
  const socket = Object.assign(new EventEmitter(), {
    OPEN,
    readyState: OPEN,
    close: (code: number) => writes.push(`close ${code}`),
  });
  const raw = Object.assign(new EventEmitter(), {
    writableHighWaterMark: 16_384,
    writableLength: 0,
    write: (bytes: Buffer) => writes.push(bytes.toString("latin1")),
  });
  const events = { onText: () => {}, onHangUp: () => {}, onGone: () => {} };
  const peer = new SocketPeer(socket as unknown as WebSocket, raw as unknown as Socket, Close.tooSlow, events);
  return { peer, socket, writes };
}
