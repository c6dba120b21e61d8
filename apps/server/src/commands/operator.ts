import { readConfig } from "../config/config.ts";
import { NewerSchema } from "../inbox/sqlite/schema.ts";
import { SettingError } from "../config/setting.ts";

/** What the person at the terminal has to know. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
  readonly exitCode: number;

  constructor(message: string, exitCode = FAILED) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Exit codes, as of the hub: 0 done, 1 failed, 2 asked wrongly. */
const FAILED = 1;
const ASKED_WRONGLY = 2;

/** Does what a command is for, prints what came of it, and ends with the code that says so. */
export async function runCommand(act: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await act()}\n`);
  } catch (error) {
    if (!isExpected(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

/** @param form the command line as it should be */
export function usage(form: string): OperatorError {
  return new OperatorError(`Usage: ${form}`, ASKED_WRONGLY);
}

/** The file that CARILLON_STORE names. Which keys the hub has is none of a copy's business. */
export function storeFile(env: NodeJS.ProcessEnv): string {
  const { store } = readConfig({ ...env, CARILLON_MODE: "demo" });
  if (store.engine === "sqlite") return store.file;
  throw new OperatorError(
    "This is for a store of SQLite. Redis keeps copies of its own: its append-only file, and BGSAVE.",
  );
}

/** A disk or a database that does not do as asked is the operator's to mend; anything else is a bug, and loud. */
function isExpected(error: unknown): error is Error {
  if (error instanceof OperatorError || error instanceof SettingError || error instanceof NewerSchema) return true;
  return error instanceof Error && "code" in error && /^(ERR_SQLITE_ERROR|E[A-Z]{3,})$/.test(String(error.code));
}

function exitCodeOf(error: Error): number {
  if (error instanceof OperatorError) return error.exitCode;
  return error instanceof SettingError ? ASKED_WRONGLY : FAILED;
}
