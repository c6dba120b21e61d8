/** Who can change the answer can be anybody: so nobody may stand between, unless it never leaves the machine. */
export function parseKeySetUrl(value: string): URL {
  const url = URL.parse(value);
  if (url === null || !isPrivate(url)) throw new Error("must be an https URL, or an http one on this machine.");
  if (url.username !== "" || url.password !== "") throw new Error("must not hold a name or a password.");
  return url;
}

function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}

/** As `URL` writes addresses: 127.1 has become 127.0.0.1. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
