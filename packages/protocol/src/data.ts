import * as z from "zod/mini";
import { limits } from "./limits.ts";

/** What the application tells its own page with a notification: any JSON object. The hub hands it on and looks at nothing in it. */
export type Data = { readonly [key: string]: unknown };

// Not z.record, which leaves `__proto__` out without a word: such data is to be refused, not mended.
const schema = z.unknown().check(
  z.refine((value) => typeof value === "object" && value !== null && !Array.isArray(value)),
  z.meta({ type: "object" }),
);

/** The shape; what is in it is judged by `isData`. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `refine` has looked; zod/mini cannot say so in the type.
export const Data = schema as unknown as z.ZodMiniType<Data, Data>;

/**
 * Whether data is within its bounds (P36): few enough bytes, not too deep, strings well-formed, numbers such as every JSON reader
 * keeps, and no key that could reach a prototype when a page merges it into an object of its own.
 */
export function isData(data: Data): boolean {
  return isSound(data, limits.dataDepth) && encoder.encode(JSON.stringify(data)).length <= limits.dataBytes;
}

/** Goes no deeper than `depth`, whatever it is given. */
function isSound(value: unknown, depth: number): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number")
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(
    ([key, inner]) => key.isWellFormed() && !TO_PROTOTYPES.has(key) && isSound(inner, depth - 1),
  );
}

const TO_PROTOTYPES = new Set(["__proto__", "constructor", "prototype"]);
const encoder = new TextEncoder();
