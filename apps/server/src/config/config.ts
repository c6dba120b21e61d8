import type { MintOptions, TokenKey, TokenKeys } from "@carillon/protocol/token";
import { type ApiKey, parseApiKeys } from "./api-keys.ts";
import { helpOf } from "./help.ts";
import { type Environment, readSetting, SettingError } from "./setting.ts";
import { SETTINGS } from "./settings.ts";
import { parseTokenKeys } from "./token-keys.ts";

type Settings = typeof SETTINGS;
type ValueOf<S> = S extends { parse: (value: string) => infer T }
  ? S extends { default: string }
    ? T
    : T | undefined
  : never;
type Values = { readonly [Key in keyof Settings]: ValueOf<Settings[Key]> };

/**
 * The settings in force. There are token keys unless an identity provider has them: in demo mode the ones that everybody knows.
 * Without API keys the API is off.
 */
export type Config = Omit<Values, "tokenKeys"> & {
  readonly tokenKeys: readonly TokenKey[];
  readonly apiKeys: readonly ApiKey[];
};

/** Reads and checks all settings. @throws SettingError with what to set, for the operator. */
export function readConfig(env: Environment): Config {
  const read = Object.entries(SETTINGS).map(([key, setting]) => [key, readSetting<unknown>(setting, env)]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each value comes from the `parse` that `Values` infers it from.
  const values = Object.fromEntries(read) as Values;
  return { ...values, tokenKeys: keysFor(values), apiKeys: apiKeysFor(values) };
}

/** What a token of this hub's own is minted with. */
export function mintingWith({ audience, issuers: [issuer] }: Config, key: TokenKey): MintOptions {
  return { key, audience, issuer };
}

/** All settings with their meaning, for `--help`. */
export function settingsHelp(): string {
  return helpOf(Object.values(SETTINGS));
}

/** Keys are as secret as the mode demands. */
function keysFor({ mode, tokenKeys: keys, keySetUrl }: Values): readonly TokenKey[] {
  if (mode === "demo") return keys ?? DEMO_KEYS;
  if (keys?.some(isDemoKey))
    throw new SettingError(`CARILLON_TOKEN_KEYS holds a key that everybody knows. ${MAKE_ONE}`);
  if (keys !== undefined || keySetUrl !== undefined) return keys ?? [];
  throw new SettingError(
    `CARILLON_TOKEN_KEYS is not set. ${MAKE_ONE}\n` +
      "Your backend signs its users' tokens with the same secret. If an identity provider signs them, set CARILLON_TOKEN_JWKS_URL.\n" +
      "To look around without either: CARILLON_MODE=demo.",
  );
}

function apiKeysFor({ mode, apiKeys: keys = [] }: Values): readonly ApiKey[] {
  if (mode === "demo") return [...DEMO_API_KEYS, ...keys];
  const known = keys.some(({ digest }) => DEMO_API_KEYS.some((demo) => demo.digest.equals(digest)));
  if (known)
    throw new SettingError(
      "CARILLON_API_KEYS holds a key that everybody knows. Make one with:\n" +
        "  export CARILLON_API_KEYS=main:$(openssl rand -base64 32)",
    );
  return keys;
}

const MAKE_ONE = "Make a secret and set it:\n  export CARILLON_TOKEN_KEYS=main:$(openssl rand -base64 32)";
const DEMO_KEYS: TokenKeys = parseTokenKeys("demo:carillon-demo-key-that-everybody-knows");
const DEMO_API_KEYS = parseApiKeys("demo:carillon-demo-api-key-that-everybody-knows");

function isDemoKey({ secret }: TokenKey): boolean {
  return DEMO_KEYS.some((known) => Buffer.compare(known.secret, secret) === 0);
}
