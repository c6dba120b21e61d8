import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const hub = `http://127.0.0.1:${process.env["CARILLON_PORT"] ?? "9501"}`;

export default defineConfig({
  plugins: [react(), tailwindcss(), compressed()],
  server: {
    host: "127.0.0.1",
    port: Number(process.env["CARILLON_WEB_PORT"] ?? "5173"),
    strictPort: true,
    proxy: { "/v1": { target: hub, ws: true } },
  },
  // The page's policy allows no inline scripts; a file stays a file, whatever its size.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});

/** Puts beside each file what the hub gives to browsers that take it compressed. Below this size it is not worth a file. */
function compressed(): Plugin {
  const least = 1_000;
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir);
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
