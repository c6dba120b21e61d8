import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import files from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { allowInline } from "./inline.ts";

/** Serves the built page from `root`. Returns false, and serves nothing, if it is not built. */
export async function servePage(http: FastifyInstance, root: string): Promise<boolean> {
  if (!existsSync(root)) return false;
  const folder = realpathSync(root);
  const document = documentAt(join(root, "index.html"));
  await http.register(files, {
    root,
    cacheControl: false,
    preCompressed: true, // The build puts them there.
    allowedPath: (path) => liesIn(folder, join(root, path)),
    setHeaders: (reply, path, { mtimeMs }) => {
      void reply.header("cache-control", path.includes(HASHED) ? FOR_EVER : ASK_FIRST);
      if (path.startsWith(document.file)) void reply.header(POLICY, allowInline(policyOf(reply), document.at(mtimeMs)));
    },
  });
  return true;
}

/** Whether a file that is there lies in that folder, wherever links lead: what lies elsewhere is not the page's. */
function liesIn(folder: string, file: string): boolean {
  try {
    return (realpathSync(file) + sep).startsWith(folder + sep);
  } catch {
    return false; // There is none.
  }
}

/** A document, read again when what is served of it (itself, or compressed) has another time: the page can be built anew. */
function documentAt(file: string): { readonly file: string; readonly at: (mtimeMs: number) => string } {
  let known: { readonly mtimeMs: number; readonly text: string } | undefined;
  const at = (mtimeMs: number) => {
    if (known?.mtimeMs !== mtimeMs) known = { mtimeMs, text: readFileSync(file, "utf8") };
    return known.text;
  };
  return { file, at };
}

function policyOf(reply: FastifyReply): string {
  return String(reply.getHeader(POLICY) ?? "");
}

const POLICY = "content-security-policy";
/** The build puts a hash of the content into the names of the files in here. */
const HASHED = `${sep}assets${sep}`;
const FOR_EVER = "public, max-age=31536000, immutable";
const ASK_FIRST = "no-cache";
