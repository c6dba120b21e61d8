import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type DebianProgram, debianProgram } from "../machine/debian.ts";
import { freePort } from "../machine/port.ts";

const EXAMPLES = join(import.meta.dirname, "../../apps/server/deploy");

/** Debian's nginx, or undefined where it cannot be had. */
export const nginx: DebianProgram | undefined = debianProgram("usr/sbin/nginx", "nginx");

/** Words of the example that another machine has to write otherwise, beside ports and certificates. */
export type Changes = Readonly<Record<string, string>>;

/** The example for nginx, running as it stands but for its ports, its certificate and `changes`. */
export class Nginx implements AsyncDisposable {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.#child = child;
  }

  /** @param folder for its files. */
  static async inFrontOf(hubPort: number, folder: string, changes: Changes = {}): Promise<Nginx> {
    if (nginx === undefined) throw new Error("There is no nginx here.");
    const port = await freePort();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "site.conf"), site(certificate(folder), { port, hubPort, changes }));
    writeFileSync(join(folder, "nginx.conf"), surroundings(folder));
    const child = spawn(nginx.path, ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")], {
      env: nginx.env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    await listens(port, child);
    return new Nginx(port, child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill("SIGTERM");
    await once(this.#child, "exit");
  }
}

type Site = { readonly port: number; readonly hubPort: number; readonly changes: Changes };

/** A word that the example does not have is a test that tests nothing. */
function site(files: Certificate, { port, hubPort, changes }: Site): string {
  const words = {
    "127.0.0.1:9501": `127.0.0.1:${hubPort}`,
    "listen 443": `listen 127.0.0.1:${port}`,
    "/etc/ssl/hub.example/fullchain.pem": files.certificate,
    "/etc/ssl/hub.example/privkey.pem": files.key,
    ...changes,
  };
  return Object.entries(words).reduce((text, [word, other]) => {
    if (!text.includes(word)) throw new Error(`The example for nginx does not say ${word}.`);
    return text.replaceAll(word, other);
  }, example("nginx.conf"));
}

export function example(name: string): string {
  return readFileSync(join(EXAMPLES, name), "utf8");
}

/** What a machine's own nginx.conf has around a site. */
function surroundings(folder: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `
    ${process.getuid?.() === 0 ? "user root;" : ""}
    daemon off;
    pid ${folder}/nginx.pid;
    worker_processes 1;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n")}
      include ${folder}/site.conf;
    }`;
}

type Certificate = { readonly certificate: string; readonly key: string };

function certificate(folder: string): Certificate {
  const files = { certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
  const asked = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=hub.example"];
  const { status, stderr } = spawnSync("openssl", [...asked, "-keyout", files.key, "-out", files.certificate]);
  if (status !== 0) throw new Error(`openssl: ${String(stderr)}`);
  return files;
}

async function listens(port: number, child: ChildProcess): Promise<void> {
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}.`);
    await pause(BETWEEN_MS);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => resolve(true));
    socket.once("connect", () => socket.destroy());
  });
}

const BETWEEN_MS = 20;
