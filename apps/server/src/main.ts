import { pino } from "pino";
import { type Config, readConfig, settingsHelp } from "./config.ts";
import { startServer } from "./server.ts";
import { SettingError } from "./settings.ts";

/** Exit codes: 0 ended as asked, 1 failed, 2 a setting is wrong. */
const FAILED = 1;
const MISCONFIGURED = 2;

if (process.argv.includes("--help")) {
  process.stdout.write(`The Carillon hub. Settings are environment variables:\n\n${settingsHelp()}\n`);
} else {
  await run(configOrExit());
}

async function run(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: null });
  const fail = (error: unknown): never => {
    log.fatal({ err: error }, "the hub cannot go on");
    process.exit(FAILED);
  };
  const server = await startServer(config, log, fail).catch(fail);

  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, "stopping");
    process.once(signal, () => process.exit(FAILED)); // Asked again: now.
    server.close().then(() => process.exit(0), fail);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
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
