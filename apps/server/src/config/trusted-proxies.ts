import { BlockList, isIP } from "node:net";
import { list } from "./parsers.ts";

/** `address[/bits][,address[/bits]]`: whose word about a client's address counts. */
export function parseTrustedProxies(value: string): BlockList {
  const proxies = new BlockList();
  for (const part of list(value)) {
    const [, address = "", bits] = /^([^/]+?)(?:\/(\d{1,3}))?$/.exec(part) ?? [];
    const version = isIP(address);
    const all = version === 6 ? 128 : 32;
    const prefix = bits === undefined ? all : Number(bits);
    if (version === 0 || address.includes("%") || prefix > all) throw new Error(`holds ${part}. ${FORM}`);
    proxies.addSubnet(address, prefix, version === 6 ? "ipv6" : "ipv4");
  }
  return proxies;
}

const FORM = "It must hold addresses or networks with commas between them, such as 127.0.0.1,10.0.0.0/8,fd00::/8.";
