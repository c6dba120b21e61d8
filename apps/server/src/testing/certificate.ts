import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** An authority that nobody else trusts, and a certificate of it for this machine: paths, and the authority as PEM. */
export async function certificateIn(folder: string) {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => promisify(execFile)("openssl", args);
  const fresh = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  const authority = ["-subj", "/CN=an authority of a test", "-keyout", path("ca.key"), "-out", path("ca.pem")];
  await openssl(...fresh, ...authority);
  const server = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const signed = ["-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-addext", "basicConstraints=CA:FALSE"];
  await openssl(...fresh, ...server, ...signed, "-keyout", path("key.pem"), "-out", path("cert.pem"));
  return {
    key: path("key.pem"),
    certificate: path("cert.pem"),
    authority: path("ca.pem"),
    ca: await readFile(path("ca.pem"), "utf8"),
  };
}
