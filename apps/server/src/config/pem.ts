import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

/** Certificates from a file. @throws Error that says which file is none. */
export function readPem(path: string): string {
  try {
    const pem = readFileSync(path, "utf8");
    new X509Certificate(pem).toString(); // The first of them at least is one.
    return pem;
  } catch {
    throw new Error(`names ${path}, which holds no certificate.`);
  }
}
