import { join } from "node:path";
import { answers } from "../machine/answers.ts";
import { isFree } from "../machine/port.ts";
import { Keeper } from "./keeper.ts";
import { hubProgram, pageProgram } from "./programs.ts";
import { onSourceChange } from "./source.ts";

// The hub and the page for a developer. The page renews itself; the hub starts anew when its source changes or it is killed.

process.chdir(join(import.meta.dirname, "../.."));
const port = await portFrom("CARILLON_PORT", 9501);
const webPort = await portFrom("CARILLON_WEB_PORT", 5173);
const pageUrl = `http://127.0.0.1:${webPort}`;

/** Aborted when one of the two ends before both have answered: then nothing is left to wait for. */
const early = new AbortController();
let isUp = false;
const hub = new Keeper(hubProgram(process.env, port), (how) => onEnd("The hub", how));
const page = new Keeper(pageProgram(process.env, port, webPort), (how) => onEnd("The page's server", how));

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => void end(0));
process.once("exit", () => [hub, page].forEach((keeper) => keeper.kill()));
hub.start();
page.start();
try {
  await Promise.all([answers(`http://127.0.0.1:${port}/healthz`, early.signal), answers(pageUrl, early.signal)]);
  isUp = true;
  onSourceChange(() => hub.renew());
  console.log(`
Carillon is up. Open each link in a tab of its own, and send from one to the other:

  ${pageUrl}/?uid=100
  ${pageUrl}/?uid=101

Ctrl+C ends it.
`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
}

async function portFrom(setting: string, otherwise: number): Promise<number> {
  const wanted = Number(process.env[setting] ?? otherwise);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) {
    console.error(`${setting} is not a port: ${process.env[setting]}`);
    process.exit(1);
  }
  if (await isFree(wanted)) return wanted;
  console.error(`Port ${wanted} is in use. End what uses it, or set ${setting} to another port.`);
  process.exit(1);
}

function onEnd(who: string, how: string): void {
  if (isUp) console.error(`${who} ended (${how}) and is started again.`);
  else early.abort(new Error(`${who} ended (${how}) before it answered; its reason stands above.`));
}

async function end(code: number): Promise<void> {
  await Promise.all([hub.stop(), page.stop()]);
  process.exit(code);
}
