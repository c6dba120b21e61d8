import { pino } from "pino";
import { type Config, readConfig, settingsHelp } from "./config/config.ts";
import { logStream } from "./log.ts";
import { type Server, startServer } from "./server.ts";
import { SettingError } from "./config/setting.ts";

const FAILED = 1;
const MISCONFIGURED = 2;

const HELP = `The Carillon hub. Settings are environment variables:

${settingsHelp()}

SIGTERM and SIGINT end it in good order: it refuses what is new, answers what is under way, sends everybody away. A second signal
ends it at once.

Exit codes:
  0  ended as it was asked to
  1  failed: it could not start or go on, it did not end in time, or it was told twice to end
  2  a setting is wrong
`;

if (process.argv.includes("--help")) process.stdout.write(HELP);
else await run(configOrExit());

async function run(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: null }, logStream());
  const fail = (error: unknown): never => {
    log.fatal({ err: error }, "the hub cannot go on");
    process.exit(FAILED);
  };
  const server = await startServer(config, log, fail).catch(fail);

  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return force(signal);
    isStopping = true;
    log.info({ signal }, "stopping");
    end(server, config.drainSeconds).then(() => {
      log.info("stopped");
      process.exit(0);
    }, fail);
  };
  const force = (signal: NodeJS.Signals) => {
    log.warn({ signal }, "told twice to stop: ending at once");
    process.exit(FAILED);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** Rejects if the server is not closed in time. */
function end(server: Server, seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`The hub did not end within ${seconds} s.`)), seconds * 1_000);
    server.close().then(resolve, reject);
  });
}

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(MISCONFIGURED);
  }
}
