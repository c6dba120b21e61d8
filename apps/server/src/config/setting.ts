import { readFileSync } from "node:fs";

/** What the operator has to change; the message says where and to what. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

export type Group = "server" | "tokens" | "api" | "store" | "redis" | "connections" | "limits" | "tutorial";

/** One environment variable: what it is called, what it means, and what holds without it. */
export type Setting<T> = {
  readonly name: string;
  /** Where `--help` shows it. */
  readonly group: Group;
  /** One sentence for `--help`. */
  readonly help: string;
  /** In the form in which it would be set; undefined if there is none and `parse` decides what its absence means. */
  readonly default?: string;
  /** A secret can also stand in a file: the variable with `_FILE` behind its name holds the path. */
  readonly secret?: true;
  /** @throws SettingError's message as a plain Error: "must be …". */
  readonly parse: (value: string) => T;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** The setting's value, or undefined if it is not set and has no default. */
export function readSetting<T>(setting: Setting<T>, env: Environment): T | undefined {
  const value = env[setting.name] ?? (setting.secret ? fromFile(setting.name, env) : undefined) ?? setting.default;
  if (value === undefined) return undefined;
  try {
    return setting.parse(value);
  } catch (error) {
    throw new SettingError(`${setting.name} ${error instanceof Error ? error.message : "is wrong"}`);
  }
}

function fromFile(name: string, env: Environment): string | undefined {
  const path = env[`${name}_FILE`];
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    throw new SettingError(`${name}_FILE names ${path}, which cannot be read.`);
  }
}
