import * as z from "zod/mini";

// A page with a strict Content-Security-Policy forbids compiling at run time, and reports even the attempt. Servers may.
if ("document" in globalThis) z.config({ jitless: true });
