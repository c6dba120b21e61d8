import type { IncomingMessage } from "node:http";
import { type BlockList, isIP, isIPv4, isIPv6 } from "node:net";

/** The address that a request comes from, as `networkOf` counts it; undefined once its socket is gone. */
export type AddressOf = (request: IncomingMessage) => string | undefined;

/**
 * Who is asked for, not who carries it: behind a trusted proxy the address is the rightmost one of `X-Forwarded-For` that is not
 * trusted itself, because what stands left of it was written by whoever that is. From anybody else the header means nothing.
 */
export function addressReader(isTrusted: IsTrusted): AddressOf {
  return ({ socket, headers }) => {
    const peer = plain(socket.remoteAddress ?? "");
    if (peer === undefined) return undefined;
    if (!isTrusted(peer)) return networkOf(peer);
    return networkOf(lastUntrusted(isTrusted, peer, String(headers["x-forwarded-for"] ?? "")));
  };
}

/** Whether an address is a proxy's whose word counts. */
export type IsTrusted = (address: string) => boolean;

export function trustIn(proxies: BlockList): IsTrusted {
  if (proxies.rules.length === 0) return () => false; // As it mostly is: to ask the list costs as much as all else here.
  return (address) => proxies.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** A whole /64 is one customer's, who can come from a new address of it each time; so it counts as one. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail = ""] = address.split("::", 2);
  const left = groups(head);
  const zeros = address.includes("::") ? 8 - left.length - groups(tail).length : 0;
  const all = [...left, ...Array.from({ length: zeros }, () => 0), ...groups(tail)];
  return `${all
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** An address without port, brackets, zone or the form of IPv4 in IPv6; undefined if it is none. */
export function plain(text: string): string | undefined {
  if (isIPv4(text)) return text; // As most are.
  const [, bare = text.trim()] = BRACKETED.exec(text.trim()) ?? IPV4_PORT.exec(text.trim()) ?? [];
  const [address = ""] = bare.toLowerCase().split("%");
  const [, mapped = address] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address) ?? [];
  return isIP(mapped) === 0 ? undefined : mapped;
}

const BRACKETED = /^\[([^\]]+)\](?::\d+)?$/;
const IPV4_PORT = /^([\d.]+):\d+$/;

/** What cannot be read was not written by a proxy of ours: then the one who passed it on is as far as we can see. */
function lastUntrusted(isTrusted: IsTrusted, peer: string, header: string): string {
  let nearest = peer;
  for (const hop of header.split(",").toReversed()) {
    const address = plain(hop);
    if (address === undefined) return nearest;
    if (!isTrusted(address)) return address;
    nearest = address;
  }
  return nearest;
}

/** The 16-bit groups of a part of an IPv6 address; a last group written as IPv4 is two. */
function groups(part: string): number[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => {
    if (!group.includes(".")) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
