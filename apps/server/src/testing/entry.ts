import { certificateIn } from "./certificate.ts";

/** How servers let others in, and how one gets in. */
export type Entry = {
  /** Settings of a server that is to be reached at that port. */
  readonly server: (port: number) => readonly string[];
  readonly sentinel: (port: number) => readonly string[];
  /** What a client needs. */
  readonly client: (port: number, to?: "server" | "sentinel") => ClientOptions;
  /** By which Sentinels enter the servers; none: they need none. */
  readonly password?: string;
};

type ClientOptions = {
  readonly url: string;
  readonly password?: string;
  readonly socket?: { readonly tls: true; readonly ca: string };
};

/** What a hub needs to be allowed: its own keys, its bells, its functions, and to see how the server is set. */
const RULES = "~carillon:* ~test-* &carillon:* +@all -@dangerous -@admin +info +config|get +function|load +role";
export const PASSWORD = "s3cret-of-the-server";
export const SENTINEL_PASSWORD = "s3cret-of-the-sentinels";

/** For everybody on this machine. */
export const open: Entry = { server: () => [], sentinel: () => [], client: at };

/** With a password for the servers. */
export function openWith(password: string): Entry {
  return { ...open, server: () => secrets(password), password };
}

/** By TLS alone, with passwords; hubs enter as the user `hub`. With the authority to trust, as a file and as PEM. */
export async function guarded(folder: string) {
  const { certificate, key, authority, ca } = await certificateIn(folder);
  const files = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", authority];
  const tls = (port: number) => ["--port", "0", "--tls-port", `${port}`, "--tls-auth-clients", "no", ...files];
  const hub = ["--user", "hub", "on", `>${PASSWORD}`, ...RULES.split(" ")];
  const entry: Entry = {
    server: (port) => [...tls(port), "--tls-replication", "yes", ...secrets(PASSWORD), ...hub],
    sentinel: (port) => [...tls(port), "--tls-replication", "yes", "--requirepass", SENTINEL_PASSWORD],
    client: (port, to) => ({
      ...at(port),
      url: `rediss://127.0.0.1:${port}`,
      password: to === "sentinel" ? SENTINEL_PASSWORD : PASSWORD,
      socket: { tls: true, ca },
    }),
    password: PASSWORD,
  };
  return { entry, authority, ca };
}

function at(port: number): ClientOptions {
  return { url: `redis://127.0.0.1:${port}` };
}

function secrets(password: string): readonly string[] {
  return ["--requirepass", password, "--masterauth", password];
}
