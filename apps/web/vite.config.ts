import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";
import { pieces } from "./build/pieces.ts";
import { preloaded } from "./build/preloaded.ts";

const hub = `http://127.0.0.1:${process.env["CARILLON_PORT"] ?? "9501"}`;

/** What index.html names (as src/main.ts imports it), and what whoever is in needs then. */
const SCRIPTS = { first: ["/src/hub.ts", "/react-dom/client.js", "/src/page.tsx"], next: ["/src/stay.ts"] };

export default defineConfig({
  plugins: [react(), tailwindcss(), preloaded(SCRIPTS), compressed()],
  server: {
    host: "127.0.0.1",
    port: Number(process.env["CARILLON_WEB_PORT"] ?? "5173"),
    strictPort: true,
    proxy: { "/v1": { target: hub, ws: true } },
  },
  // What stands inline, the page's policy allows by its hash; any other file stays a file, whatever its size.
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: pieces } } },
  },
});
