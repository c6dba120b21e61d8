import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { parseTrustedProxies } from "../config/trusted-proxies.ts";
import { addressReader, networkOf, plain, trustIn } from "./address.ts";

const isTrusted = trustIn(parseTrustedProxies("127.0.0.1, 10.0.0.0/8, fd00::/8"));

function seen(peer: string | undefined, forwarded?: string): string | undefined {
  const request = { socket: { remoteAddress: peer }, headers: { "x-forwarded-for": forwarded } };
  return addressReader(isTrusted)(request as unknown as IncomingMessage);
}

describe("the address of whoever asks", () => {
  it.each([
    ["nobody in between", "192.0.2.1", undefined, "192.0.2.1"],
    ["a header from a stranger", "192.0.2.1", "198.51.100.7", "192.0.2.1"],
    ["a header from a stranger that names a proxy", "192.0.2.1", "10.0.0.1", "192.0.2.1"],
    ["one proxy", "127.0.0.1", "198.51.100.7", "198.51.100.7"],
    [
      "what the client wrote itself, left of what the proxy wrote",
      "127.0.0.1",
      "203.0.113.9, 198.51.100.7",
      "198.51.100.7",
    ],
    ["two proxies", "127.0.0.1", "203.0.113.9, 198.51.100.7, 10.1.2.3", "198.51.100.7"],
    ["a proxy that says nothing", "10.0.0.1", undefined, "10.0.0.1"],
    ["a proxy that says nonsense", "10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"],
    ["nonsense behind a second proxy", "127.0.0.1", "203.0.113.9, <script>, 10.0.0.2", "10.0.0.2"],
    ["nothing but proxies", "127.0.0.1", "10.0.0.3,10.0.0.2", "10.0.0.3"],
    ["IPv4 in IPv6", "::ffff:127.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"],
    ["a port", "127.0.0.1", "198.51.100.7:4711", "198.51.100.7"],
    ["IPv6 with brackets and port", "fd00::1", "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::/64"],
    ["IPv6", "2001:db8::1", undefined, "2001:db8:0:0::/64"],
  ])("[P50] with %s", (_what, peer, forwarded, address) => {
    expect(seen(peer, forwarded)).toBe(address);
  });

  it("[P50] is none once the socket is gone", () => {
    expect(seen(undefined, "198.51.100.7")).toBeUndefined();
  });
});

it("[P50] a /64 is one address, however it is written", () => {
  const same = ["2001:db8:1:2::1", "2001:DB8:1:2:ffff:0:0:1", "2001:0db8:0001:0002::", "2001:db8:1:2:0:0:192.0.2.1"];
  expect(new Set(same.map(networkOf).map((each) => each.toLowerCase()))).toEqual(new Set(["2001:db8:1:2::/64"]));
  expect(networkOf("2001:db8:1:3::1")).toBe("2001:db8:1:3::/64");
  expect([networkOf("::1"), networkOf("1::"), networkOf("192.0.2.1")]).toEqual([
    "0:0:0:0::/64",
    "1:0:0:0::/64",
    "192.0.2.1",
  ]);
});

it.each(["", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "[::1", "999.1.1.1", "::g"])(
  "[P50] %j is no address",
  (text) => {
    expect(plain(text)).toBeUndefined();
  },
);

it("[P50] zone, case and space are not part of an address", () => {
  expect([plain(" FE80::1%eth0 "), plain("[FE80::1]:80"), plain(" 192.0.2.1 ")]).toEqual([
    "fe80::1",
    "fe80::1",
    "192.0.2.1",
  ]);
});
