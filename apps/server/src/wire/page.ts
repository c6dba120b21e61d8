import { existsSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import files from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Serves the built page from `root`. Returns false, and serves nothing, if it is not built. */
export async function servePage(http: FastifyInstance, root: string): Promise<boolean> {
  if (!existsSync(root)) return false;
  const folder = realpathSync(root);
  await http.register(files, {
    root,
    cacheControl: false,
    preCompressed: true, // The build puts them there.
    allowedPath: (path) => liesIn(folder, join(root, path)),
    setHeaders: (reply, path) => {
      void reply.header("cache-control", path.includes(HASHED) ? FOR_EVER : ASK_FIRST);
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

/** The build puts a hash of the content into the names of the files in here. */
const HASHED = `${sep}assets${sep}`;
const FOR_EVER = "public, max-age=31536000, immutable";
const ASK_FIRST = "no-cache";
