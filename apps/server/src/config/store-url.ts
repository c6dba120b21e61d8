import { placeOf } from "../redis/place.ts";

/** Where the logs are kept. */
export type StoreUrl =
  | { readonly engine: "sqlite"; readonly file: string }
  /** `url` may hold a user and a password: it is for the client alone. */
  | { readonly engine: "redis"; readonly url: string };

export function parseStoreUrl(value: string): StoreUrl {
  const [, file] = /^sqlite:(.+)$/.exec(value) ?? [];
  if (file !== undefined) return { engine: "sqlite", file };
  if (!value.startsWith("redis")) throw new Error(EXPECTED);
  placeOf(value);
  return { engine: "redis", url: value };
}

/** The value is not repeated: it may hold a password. */
const EXPECTED =
  "must be sqlite:FILE, such as sqlite:./data/carillon.db, or redis://HOST:PORT, redis+cluster:// or redis+sentinel://.";

/** What keys begin with: nothing that could be taken for the part that decides a key's place. */
export function parsePrefix(value: string): string {
  if (!/^[A-Za-z0-9_.-]{1,32}$/.test(value)) throw new Error("must be 1 to 32 of A-Z a-z 0-9 _ . -");
  return value;
}
