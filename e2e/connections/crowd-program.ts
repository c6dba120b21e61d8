import { type Client, createClient, type SocketFactory } from "@carillon/client";
import { SUBPROTOCOL } from "@carillon/protocol";
import { WebSocket } from "ws";
import { socketUrl, tokenFor } from "../faults/credentials.ts";
import type { CrowdOrder, CrowdReport } from "./crowd.ts";

// A process full of the product's own clients, one user each, on lighter sockets than the platform's. It answers each message with
// what became of them.

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `Crowd` starts this program, with such an order.
const order = JSON.parse(process.argv[2] ?? "") as CrowdOrder;

/** Connections that were tried. */
let dials = 0;

class Member {
  isOnline = false;
  /** When it last came online, in milliseconds since 1970. */
  cameAt = 0;
  arrivals = 0;
  shown = 0;
  readonly client: Client;

  constructor(uid: string, address: string) {
    let token: Promise<string> | undefined;
    this.client = createClient({
      url: socketUrl(order.port),
      token: () => (token ??= tokenFor(uid)),
      socket: socketFrom(address),
      stream: nowhere,
      onStatus: ({ at }) => {
        this.isOnline = at === "online";
        if (!this.isOnline) return;
        this.cameAt = Date.now();
        this.arrivals += 1;
      },
      onNotification: () => (this.shown += 1),
    });
  }
}

/** Sockets alone: a client that went over to a stream because its hub was away would come twice. */
const nowhere: SocketFactory = (_url, { onClose }) => {
  setImmediate(() => onClose(1006, ""));
  return { send: () => {}, close: () => {} };
};

/** As if a reverse proxy on this machine had passed it on from that address. */
function socketFrom(address: string): SocketFactory {
  return (url, { onOpen, onFrame, onClose }) => {
    dials += 1;
    const headers = { "x-forwarded-for": address };
    const socket = new WebSocket(url, SUBPROTOCOL, { headers, perMessageDeflate: false });
    socket.on("open", onOpen);
    socket.on("message", (frame: Buffer) => onFrame(frame.toString()));
    socket.on("error", () => {}); // `close` follows.
    socket.on("close", (code, reason) => onClose(code, String(reason)));
    return { send: (frame) => socket.send(frame, () => {}), close: (code) => socket.close(code) };
  };
}

const members = Array.from(
  { length: order.count },
  (_, n) => new Member(`${order.prefix}${n}`, `10.${n >> 12}.${(n >> 4) & 255}.1`),
);

process.on("message", () => {
  const report: CrowdReport = {
    online: members.filter(({ isOnline }) => isOnline).length,
    dials,
    cameAt: members.map(({ cameAt }) => cameAt),
    arrivals: members.reduce((sum, { arrivals }) => sum + arrivals, 0),
    shown: members.map(({ shown }) => shown),
  };
  process.send?.(report);
});
process.on("disconnect", () => process.exit(0));

// Some at a time: coming for the first time is not what is tried here.
for (const [n, { client }] of members.entries()) {
  client.start();
  if (n % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 25));
}
