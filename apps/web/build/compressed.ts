import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** Puts beside each file what the hub gives to browsers that take it compressed. Below this size it is not worth a file. */
export function compressed(): Plugin {
  const least = 1_000;
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    closeBundle: async () => {
      for (const name of await readdir(folder, { recursive: true })) {
        if (!/\.(js|css|svg|html)$/u.test(name)) continue;
        const file = join(folder, name);
        const content = await readFile(file);
        if (content.length < least) continue;
        await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        await writeFile(`${file}.br`, await promisify(brotliCompress)(content, quality));
      }
    },
  };
}
