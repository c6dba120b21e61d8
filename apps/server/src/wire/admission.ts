import type { IncomingMessage } from "node:http";
import type { BlockList, Socket } from "node:net";
import type { Logger } from "pino";
import { LIMITS } from "../limits.ts";
import { type AddressOf, addressReader, type IsTrusted, networkOf, plain, trustIn } from "./address.ts";
import type { ProblemCode } from "./problem.ts";
import { type Crowd, Seat } from "./seat.ts";

export type AdmissionOptions = {
  readonly trustedProxies: BlockList;
  /** Connections that one address may have, plain HTTP included. */
  readonly perAddress: number;
  /** Connections of one address that have not said who they are. */
  readonly strangersPerAddress: number;
  /** Sockets and streams of this process. */
  readonly perProcess: number;
  readonly log: Logger;
};

/** Why there is no place, and when to ask again, in milliseconds. */
export type Full = { readonly code: ProblemCode; readonly retryAfter: number };

/** Who comes in, by number alone (P50): who they are is asked later. */
export class Admission {
  /** The address of whoever asks, the same for requests and upgrades. */
  readonly addressOf: AddressOf;
  readonly #options: AdmissionOptions;
  readonly #isTrusted: IsTrusted;
  readonly #crowds = new Map<string, Crowd>();
  /** Where connections come from that were counted when they were accepted, because they come from no proxy of ours. */
  readonly #direct = new WeakMap<Socket, string>();
  #seats = 0;
  #hasWarned = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#isTrusted = trustIn(options.trustedProxies);
    this.addressOf = addressReader(this.#isTrusted);
  }

  get addresses(): number {
    return this.#crowds.size;
  }

  get seats(): number {
    return this.#seats;
  }

  /** A TCP connection, of which nothing is known but where it comes from. Its turn to be told why comes with its first request. */
  accept(socket: Socket): void {
    const peer = plain(socket.remoteAddress ?? "");
    if (peer === undefined || this.#isTrusted(peer)) return;
    const network = networkOf(peer);
    const crowd = this.#crowdOf(network);
    crowd.connections += 1;
    this.#direct.set(socket, network);
    const over = crowd.connections - this.#options.perAddress;
    const late = over > 0 ? setTimeout(() => socket.destroy(), LIMITS.overdueMs) : undefined;
    socket.on("close", () => {
      clearTimeout(late);
      crowd.connections -= 1;
      this.#forget(crowd);
    });
    if (over > LIMITS.overdue) socket.resetAndDestroy();
  }

  /** A place for the socket or stream that is asked for, or why there is none. */
  seat(request: IncomingMessage): Seat | Full {
    const counted = this.#direct.get(request.socket);
    const network = request.socket.destroyed ? undefined : (counted ?? this.addressOf(request));
    if (network === undefined || this.#seats >= this.#options.perProcess) return HUB_FULL;
    const connections = counted === undefined ? 1 : 0;
    const crowd = this.#crowds.get(network) ?? noOne(network);
    if (crowd.connections + connections > this.#options.perAddress) return this.#crowded(request);
    if (crowd.strangers >= this.#options.strangersPerAddress) return STRANGERS;
    this.#seats += 1;
    return new Seat(this.#crowdOf(network), connections, this.#onLeft);
  }

  readonly #onLeft = (crowd: Crowd) => {
    this.#seats -= 1;
    this.#forget(crowd);
  };

  #crowdOf(network: string): Crowd {
    const known = this.#crowds.get(network);
    if (known !== undefined) return known;
    const crowd = noOne(network);
    this.#crowds.set(network, crowd);
    return crowd;
  }

  #forget({ network, connections, strangers }: Crowd): void {
    if (connections === 0 && strangers === 0) this.#crowds.delete(network);
  }

  /** A proxy that nobody told us about makes all its clients one address: whoever runs the hub should hear of it, once. */
  #crowded({ headers, socket }: IncomingMessage): Full {
    if (headers["x-forwarded-for"] !== undefined && this.#direct.has(socket) && !this.#hasWarned) {
      this.#hasWarned = true;
      this.#options.log.warn(
        { address: socket.remoteAddress },
        "this address is at its limit and forwards for others: if it is a proxy of yours, set CARILLON_TRUSTED_PROXIES",
      );
    }
    return CROWDED;
  }
}

export function isSeat(given: Seat | Full): given is Seat {
  return given instanceof Seat;
}

function noOne(network: string): Crowd {
  return { network, connections: 0, strangers: 0 };
}

const HUB_FULL: Full = { code: "hubFull", retryAfter: LIMITS.comeBackMs };
const CROWDED: Full = { code: "tooManyConnections", retryAfter: LIMITS.comeBackMs };
const STRANGERS: Full = { code: "tooManyUnauthenticated", retryAfter: LIMITS.helloMs };
