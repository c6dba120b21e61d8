import { type Client, createClient, type SocketFactory } from "@carillon/client";
import { SUBPROTOCOL } from "@carillon/protocol";
import { WebSocket } from "ws";
import { socketUrl, tokenFor } from "../faults/credentials.ts";
import { Signal } from "../faults/signal.ts";
import type { CrowdCounts, CrowdOrder, CrowdReport, CrowdWord } from "./crowd.ts";

// A process full of the product's own clients, one user each, on lighter sockets than the platform's. It says how they stand whenever
// that changed, and answers each message with all that became of them.

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `Crowd` starts this program, with such an order.
const order = JSON.parse(process.argv[2] ?? "") as CrowdOrder;

/** Connections that were tried. */
let dials = 0;
const changes = new Signal();
let isTelling = false;

class Member {
  isOnline = false;
  /** When it last came online, in milliseconds since 1970. */
  cameAt = 0;
  arrivals = 0;
  shown = 0;
  pings = 0;
  readonly client: Client;

  constructor(uid: string, address: string) {
    let token: Promise<string> | undefined;
    this.client = createClient({
      url: socketUrl(order.port),
      token: () => (token ??= tokenFor(uid)),
      socket: socketFrom(address, this.#onPing),
      stream: nowhere,
      onStatus: ({ at }) => {
        this.isOnline = at === "online";
        if (this.isOnline) this.cameAt = Date.now();
        if (this.isOnline) this.arrivals += 1;
        changed();
      },
      onNotification: () => {
        this.shown += 1;
        changed();
      },
    });
  }

  #onPing = () => {
    this.pings += 1;
    changed();
  };
}

/** Sockets alone: a client that went over to a stream because its hub was away would come twice. */
const nowhere: SocketFactory = (_url, { onClose }) => {
  setImmediate(() => onClose(1006, ""));
  return { send: () => {}, close: () => {} };
};

/** As if a reverse proxy on this machine had passed it on from that address. */
function socketFrom(address: string, onPing: () => void): SocketFactory {
  return (url, { onOpen, onFrame, onClose }) => {
    dials += 1;
    const headers = { "x-forwarded-for": address };
    const socket = new WebSocket(url, SUBPROTOCOL, { headers, perMessageDeflate: false });
    socket.on("open", onOpen);
    socket.on("message", (frame: Buffer) => onFrame(frame.toString()));
    socket.on("ping", onPing);
    socket.on("error", () => {}); // `close` follows.
    socket.on("close", (code, reason) => onClose(code, String(reason)));
    return { send: (frame) => socket.send(frame, () => {}), close: (code) => socket.close(code) };
  };
}

const AT_ONCE = 50;

const members = Array.from(
  { length: order.count },
  (_, n) => new Member(`${order.prefix}${n}`, `10.${n >> 12}.${(n >> 4) & 255}.1`),
);

process.on("message", () => {
  const report: CrowdReport = {
    ...counts(),
    dials,
    cameAt: members.map(({ cameAt }) => cameAt),
    shown: members.map(({ shown }) => shown),
  };
  say({ report });
});
process.on("disconnect", () => process.exit(0));

// Some at a time: coming for the first time is not what is tried here.
for (const [n, { client }] of members.entries()) {
  client.start();
  if (n % AT_ONCE === AT_ONCE - 1) await changes.until(() => counts().arrivals > n);
}

function counts(): CrowdCounts {
  let [online, arrivals, rung, pings] = [0, 0, 0, Infinity];
  for (const member of members) {
    if (member.isOnline) online += 1;
    if (member.shown > 0) rung += 1;
    arrivals += member.arrivals;
    pings = Math.min(pings, member.pings);
  }
  return { online, arrivals, rung, pings };
}

/** All that changes in one turn of the event loop is told once. */
function changed(): void {
  changes.tell();
  if (isTelling) return;
  isTelling = true;
  setImmediate(() => {
    isTelling = false;
    say({ counts: counts() });
  });
}

function say(word: CrowdWord): void {
  process.send?.(word);
}
