import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const hub = `http://127.0.0.1:${process.env["CARILLON_PORT"] ?? "9501"}`;

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server: {
    host: "127.0.0.1",
    port: Number(process.env["CARILLON_WEB_PORT"] ?? "5173"),
    strictPort: true,
    proxy: { "/v1": { target: hub, ws: true } },
  },
  // The page's policy allows no inline scripts; a file stays a file, whatever its size.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
