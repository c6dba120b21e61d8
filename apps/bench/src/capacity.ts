import { parseArgs } from "node:util";
import { ASSUMED, MEASURED } from "./capacity/figures.ts";
import { measure } from "./capacity/measure.ts";
import { pageOf } from "./capacity/page.ts";
import { planFor } from "./capacity/plan.ts";

const STANDARD = "1000000,10000000,100000000";
const FIGURES = { ...MEASURED, ...ASSUMED };

const HELP = `What so many connected users need, on Redis.

  pnpm capacity                      for 1, 10 and 100 million, from figures that were measured once
  pnpm capacity --measure            from figures of this machine: half a minute
  pnpm capacity --users 50000        for others, with commas between them
  --NAME NUMBER                      another figure: ${Object.keys(FIGURES).join(", ")}
`;

try {
  await main();
} catch (error) {
  if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n\n${HELP}`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const figure = Object.fromEntries(Object.keys(FIGURES).map((name) => [name, { type: "string" } as const]));
  const flags = { help: { type: "boolean" }, measure: { type: "boolean" }, users: { type: "string" } } as const;
  const { values } = parseArgs({ options: { ...figure, ...flags } });
  if (values.help === true) return void process.stdout.write(HELP);
  const users = (values.users ?? STANDARD).split(",").map((text) => numberIn("users", text));
  const given = (standard: object) =>
    Object.fromEntries(
      Object.entries(standard).map(([name, value]) => {
        const text: unknown = Reflect.get(values, name);
        return [name, typeof text === "string" ? numberIn(name, text) : value];
      }),
    );
  const costs = { ...MEASURED, ...given(values.measure === true ? await measure() : MEASURED) };
  const habits = { ...ASSUMED, ...given(ASSUMED) };
  const plans = users.map((count) => planFor(count, costs, habits));
  process.stdout.write(pageOf(plans, costs, habits));
}

function numberIn(name: string, text: string): number {
  const number = Number(text);
  if (!(number >= 0) || text.trim() === "") throw new RangeError(`--${name} is a number.`);
  return number;
}
