/** Where a program listens. */
export type Address = { readonly host: string; readonly port: number };

/** What a URL says of a Redis: one server, or several programs that know where the servers are. */
export type Place =
  | { readonly topology: "server"; readonly url: string }
  /** Some nodes of a cluster: they know the others. */
  | ({ readonly topology: "cluster"; readonly seeds: readonly Address[] } & Login)
  /** Sentinels, and what they call the master. */
  | ({
      readonly topology: "sentinel";
      readonly sentinels: readonly Address[];
      readonly name: string;
      readonly database: string | undefined;
    } & Login);

/** How the servers are entered, as it stands in a URL: `user:password@`, or nothing. */
type Login = { readonly tls: boolean; readonly login: string };

/** @throws Error that says what it must be, never what it is: it may hold a password. */
export function placeOf(url: string): Place {
  const [, s = "", kind] = /^redis(s?)(?:\+(cluster|sentinel))?:\/\//.exec(url) ?? [];
  if (kind === undefined) return serverAt(url);
  const rest = url.slice(url.indexOf("//") + 2);
  const [, login = "", hosts = "", path = ""] = /^([^@/?#]*@)?([^@/?#]+)(?:\/([^?#]*))?$/.exec(rest) ?? [];
  const common = { tls: s === "s", login };
  if (kind === "cluster") {
    if (path !== "") throw new Error(EXPECTED); // A cluster has one database.
    return { topology: "cluster", seeds: addresses(hosts, 6379), ...common };
  }
  const [name = "", database, ...more] = path.split("/");
  if (name === "" || more.length > 0 || !/^\d*$/.test(database ?? "")) throw new Error(EXPECTED);
  return { topology: "sentinel", sentinels: addresses(hosts, 26_379), name, database, ...common };
}

/** The URL of one server of those. */
export function urlOf({ tls, login }: Login, { host, port }: Address, database?: string): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return `${tls ? "rediss" : "redis"}://${login}${name}:${port}${database ? `/${database}` : ""}`;
}

function serverAt(url: string): Place {
  const parsed = URL.parse(url);
  const isRedis = parsed?.protocol === "redis:" || parsed?.protocol === "rediss:";
  if (!isRedis || parsed.hostname === "") throw new Error(EXPECTED);
  return { topology: "server", url };
}

function addresses(hosts: string, standard: number): readonly Address[] {
  return hosts.split(",").map((each) => {
    const parsed = URL.parse(`http://${each}`);
    const isPlain = parsed !== null && parsed.hostname !== "" && parsed.pathname === "/";
    if (!isPlain || parsed.port === "0") throw new Error(EXPECTED);
    // A URL of http does not say its own standard port.
    const port = each.endsWith(":80") ? 80 : Number(parsed.port === "" ? standard : parsed.port);
    return { host: parsed.hostname.replace(/^\[(.*)\]$/, "$1"), port };
  });
}

const EXPECTED =
  "must be redis://HOST:PORT, redis+cluster://HOST:PORT,HOST:PORT or redis+sentinel://HOST:PORT,HOST:PORT/NAME, each with rediss for TLS.";
