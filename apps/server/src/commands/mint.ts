import { mintToken } from "@carillon/protocol/token";
import { readConfig } from "../config.ts";

/** `pnpm --silent mint UID`: prints a token for this uid, signed with the hub's first key, good for an hour. */
const [uid] = process.argv.slice(2);
if (uid === undefined) {
  process.stderr.write("Usage: pnpm --silent mint UID\n");
  process.exit(2);
}
const { tokenKeys, audience } = readConfig(process.env);
process.stdout.write(`${await mintToken(uid, { key: tokenKeys[0], audience })}\n`);
