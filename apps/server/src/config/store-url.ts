/** Where the logs are kept. */
export type StoreUrl =
  | { readonly engine: "sqlite"; readonly file: string }
  /** `url` may hold a user and a password: it is for the client alone. */
  | { readonly engine: "redis"; readonly url: string };

export function parseStoreUrl(value: string): StoreUrl {
  const [, file] = /^sqlite:(.+)$/.exec(value) ?? [];
  if (file !== undefined) return { engine: "sqlite", file };
  const url = URL.parse(value);
  if ((url?.protocol === "redis:" || url?.protocol === "rediss:") && url.hostname !== "")
    return { engine: "redis", url: value };
  // The value is not repeated: it may hold a password.
  throw new Error(
    "must be sqlite:FILE, such as sqlite:./data/carillon.db, or redis://HOST:PORT, or rediss:// with TLS.",
  );
}

/** What keys begin with: nothing that could be taken for the part that decides a key's place. */
export function parsePrefix(value: string): string {
  if (!/^[A-Za-z0-9_.-]{1,32}$/.test(value)) throw new Error("must be 1 to 32 of A-Z a-z 0-9 _ . -");
  return value;
}
