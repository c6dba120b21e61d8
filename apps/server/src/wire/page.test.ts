import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryPlace } from "../testing/place.ts";
import { createHttp } from "./http.ts";
import { servePage } from "./page.ts";

const SECRET = "the secret beside the page";

let place: Awaited<ReturnType<typeof temporaryPlace>>;
let http: FastifyInstance;
beforeAll(async () => {
  place = await temporaryPlace();
  const [root, beside] = [join(place.path, "dist"), join(place.path, "dist-beside")];
  await Promise.all([mkdir(join(root, "assets"), { recursive: true }), mkdir(beside)]);
  await writeFile(join(place.path, "secret.txt"), SECRET);
  await writeFile(join(beside, "secret.txt"), SECRET);
  await writeFile(join(root, "index.html"), "the page");
  await writeFile(join(root, "assets", "app.js"), "the script");
  await writeFile(join(root, "assets", "app.js.gz"), gzipSync("the script"));
  await symlink(join(place.path, "secret.txt"), join(root, "file-link.txt"));
  await symlink(beside, join(root, "folder-link"));
  await symlink(join(root, "assets"), join(root, "inner-link"));
  http = await createHttp(pino({ level: "silent" }));
  await servePage(http, root);
  await http.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await http.close();
  await place.remove();
});

describe("the page's folder", () => {
  it("gives a file as the build compressed it, to who takes that", async () => {
    const [status, , headers] = await get("/assets/app.js", { "accept-encoding": "gzip" });
    expect([status, headers["content-encoding"]]).toEqual([200, "gzip"]);
    expect(headers["content-type"]).toContain("javascript");
    expect(headers["cache-control"]).toContain("immutable");
  });

  it("allows what the page holds inline, by its hash, there alone; also after it was built anew", async () => {
    const [page, kept] = [join(place.path, "dist", "index.html"), "the page"];
    const [, , headers] = await get("/assets/app.js");
    expect(headers["content-security-policy"]).not.toContain("sha256");
    for (const [script, style] of [
      ["go()", "a{}"],
      ["go(2)", "b{}"],
    ] as const) {
      await writeFile(page, `<script>${script}</script><style>${style}</style>`);
      const policy = (await get("/"))[2]["content-security-policy"];
      expect(policy).toContain(`script-src 'self' '${hashOf(script)}';style-src 'self' '${hashOf(style)}';`);
    }
    await writeFile(page, kept);
  });

  it.each([
    ["/", "the page"],
    ["/index.html", "the page"],
    ["/assets/app.js", "the script"],
    ["/assets/app.js?v=/../secret.txt", "the script"],
    ["/inner-link/app.js", "the script"],
  ])("gives %s", async (path, body) => {
    expect((await get(path)).slice(0, 2)).toEqual([200, body]);
  });

  it.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/./../secret.txt",
    "//../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2E%2E%2Fsecret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/%252e%252e%252fsecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%c0%ae%c0%ae%c0%afsecret.txt",
    "/%uff0e%uff0e/secret.txt",
    "/．．/secret.txt",
    "/..;/secret.txt",
    "/..%00/secret.txt",
    "/index.html%00/../../secret.txt",
    "/....//secret.txt",
    "/../dist-beside/secret.txt",
    "/%2e%2e/dist-beside/secret.txt",
    "http://127.0.0.1/../secret.txt",
    "http://127.0.0.1/%2e%2e/secret.txt",
    "file:///etc/hostname",
    "*",
    "/file-link.txt",
    "/folder-link/secret.txt",
    "/folder-link/",
    "/inner-link/../folder-link/secret.txt",
  ])("gives nothing else for %s", async (path) => {
    const [status, body] = await get(path);
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toContain(SECRET);
    expect(JSON.parse(body)).toMatchObject({ message: expect.any(String) });
  });
});

function hashOf(content: string): string {
  return `sha256-${createHash("sha256").update(content).digest("base64")}`;
}

/** The path goes out as it stands, in UTF-8. */
async function get(path: string, headers = {}): Promise<readonly [number | undefined, string, IncomingHttpHeaders]> {
  const { port } = http.server.address() as AddressInfo;
  const target = { host: "127.0.0.1", port, path: Buffer.from(path).toString("latin1") };
  const [response] = await once(request({ ...target, headers, agent: false }).end(), "response");
  return [response.statusCode, await text(response), response.headers];
}
