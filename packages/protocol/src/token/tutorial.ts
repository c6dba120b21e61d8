import { createHash } from "node:crypto";

/**
 * The token of the tutorial's dialect: md5(md5(uid) + key), lower-case hex. It never expires and is only as good as the key is
 * secret; it exists so that the tutorial's clients work unchanged.
 */
export function tutorialToken(uid: string, key: string): string {
  return md5(md5(uid) + key);
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
