import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { Program } from "./keeper.ts";

/** The hub as a developer wants it: demo secrets, a database in ./data, the tutorial's dialect on, every origin welcome. */
export function hubProgram(env: NodeJS.ProcessEnv, port: number): Program {
  return {
    command: [process.execPath, "apps/server/src/main.ts"],
    env: {
      CARILLON_STORE: "sqlite:./data/carillon.db",
      CARILLON_TUTORIAL_KEY: "^manks.top&swoole$",
      CARILLON_ORIGINS: "*",
      ...env,
      CARILLON_MODE: "demo",
      CARILLON_HOST: "127.0.0.1",
      CARILLON_PORT: String(port),
    },
  };
}

/** Vite's server for apps/web, run by node itself: what stands between would not pass signals on. */
export function pageProgram(env: NodeJS.ProcessEnv, port: number, webPort: number): Program {
  const web = resolve("apps/web");
  // Its greeting names an address; the one to open is ours to tell.
  const vite = dirname(createRequire(join(web, "package.json")).resolve("vite/package.json"));
  return {
    command: [
      process.execPath,
      join(vite, "bin/vite.js"),
      web,
      "--host",
      "127.0.0.1",
      "--strictPort",
      "--logLevel",
      "warn",
    ],
    env: { ...env, CARILLON_PORT: String(port), CARILLON_WEB_PORT: String(webPort) },
  };
}
