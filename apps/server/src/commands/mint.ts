import { mintToken } from "@carillon/protocol/token";
import { mintingWith, readConfig } from "../config/config.ts";
import { OperatorError, runCommand, usage } from "./operator.ts";

/** `pnpm --silent mint UID`: prints a token for this uid, signed with the hub's first key, good for an hour. */
await runCommand(async () => {
  const [uid] = process.argv.slice(2);
  if (uid === undefined) throw usage("pnpm --silent mint UID");
  const config = readConfig(process.env);
  const [key] = config.tokenKeys;
  if (key === undefined)
    throw new OperatorError(
      "This hub has no key of its own (CARILLON_TOKEN_KEYS): its identity provider signs the tokens.",
    );
  return mintToken(uid, mintingWith(config, key));
});
