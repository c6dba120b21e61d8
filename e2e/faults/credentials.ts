import { mintToken } from "@carillon/protocol/token";

const KID = "faults";
const SECRET = "a key that nobody but these tests has".replaceAll(" ", "-");

/** The key as a hub is told of it. */
export const tokenKeys = `${KID}:${SECRET}`;

export function tokenFor(uid: string): Promise<string> {
  return mintToken(uid, { key: { kid: KID, secret: new TextEncoder().encode(SECRET) }, audience: "carillon" });
}

/** The address of the socket behind a loopback port, a hub's or a proxy's. */
export function socketUrl(port: number): string {
  return `ws://127.0.0.1:${port}/v1/socket`;
}
