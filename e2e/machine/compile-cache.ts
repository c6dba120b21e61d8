import { join } from "node:path";

/** For the environment of a process: Node keeps there what it made of our sources, and starts in half the time. */
export const compileCache = { NODE_COMPILE_CACHE: join(import.meta.dirname, "../node_modules/.cache/compiled") };
