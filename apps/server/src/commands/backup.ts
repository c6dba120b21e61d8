import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { copyStore, sentence } from "./copy.ts";
import { OperatorError, runCommand, storeFile, usage } from "./operator.ts";

/** `pnpm backup FILE`: copies the store of CARILLON_STORE, while the hub runs or not, to a file that `pnpm restore` takes. */
await runCommand(async () => {
  const target = argument();
  const source = storeFile(process.env);
  if (existsSync(target)) throw new OperatorError(`${target} exists. A backup overwrites nothing: name another file.`);
  const holding = await copyStore(source, target);
  return `${target}: ${sentence(holding)}, verified.`;
});

function argument(): string {
  const { positionals } = parseArgs({ allowPositionals: true, strict: false });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || process.argv.some((word) => word.startsWith("-")))
    throw usage("pnpm backup FILE");
  return file;
}
