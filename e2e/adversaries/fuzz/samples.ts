import type { Dice } from "../../faults/random.ts";
import type { JsonSchema } from "./contract.ts";
import { hostileText } from "./values.ts";
import { draftId, LONGEST, text, type World } from "./world.ts";

/** A value that a schema allows; what is called like something of the world is mostly that. */
export function sample(chance: Dice, schema: JsonSchema, world: World, name = ""): unknown {
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms !== undefined) return sample(chance, chance.oneOf(forms), world, name);
  if ("const" in schema) return schema.const;
  if (schema.enum !== undefined) return chance.oneOf(schema.enum);
  switch (schema.type) {
    case "object":
      return objectOf(chance, schema, world);
    case "array":
      return arrayOf(chance, schema, world, name);
    case "integer":
    case "number":
      return numberOf(chance, schema);
    case "boolean":
      return chance.below(2) === 0;
    default:
      return word(chance, world, name).slice(0, schema.maxLength ?? LONGEST);
  }
}

function objectOf(chance: Dice, { properties = {}, required = [] }: JsonSchema, world: World): object {
  const said = Object.entries(properties).filter(([name]) => required.includes(name) || chance.below(2) === 0);
  return Object.fromEntries(said.map(([name, schema]) => [name, sample(chance, schema, world, name)]));
}

function arrayOf(chance: Dice, { items = {}, minItems = 0, maxItems = MANY }: JsonSchema, world: World, name: string) {
  const count = minItems + chance.below(Math.min(MANY, maxItems - minItems) + 1);
  return Array.from({ length: count }, () => sample(chance, items, world, name));
}

function numberOf(chance: Dice, { minimum = -1, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema): number {
  const inside = (value: number) => Math.min(maximum, Math.max(minimum, value));
  return chance.oneOf([minimum, inside(chance.below(20)), inside(chance.below(100_000)), maximum]);
}

function word(chance: Dice, world: World, name: string): string {
  if (UIDS.has(name)) return chance.oneOf(world.users).uid;
  if (name === "token") return chance.oneOf(world.users).token;
  if (name === "id" || name === "draft") return draftId(chance);
  if (name === "url") return chance.oneOf(["/a/path?q=1", "https://site.example/", hostileText(chance)]);
  return text(chance);
}

const UIDS: ReadonlySet<string> = new Set(["to", "from", "uid", "uids"]);
/** Of a list more than its least: few, or it would be all load and no dice. */
const MANY = 4;
