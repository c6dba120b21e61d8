import { Refusal } from "@carillon/protocol";
import * as z from "zod";
import { PROBLEMS, problem, type ProblemCode } from "../problem.ts";
import type { Described, Documented } from "./route.ts";

/** The OpenAPI 3.1 document of these routes, made of the schemas that judge their requests, and of paths that are no backend's. */
export function openapi(routes: readonly Described[], others: Others): Readonly<Record<string, unknown>> {
  return {
    openapi: "3.1.0",
    info: {
      title: "Carillon, for backends",
      version: "1.0.0",
      description:
        "Send notifications from a backend, and read what became of them. Rules (P1, P2, …) are those of PROTOCOL.md.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ apiKey: [] }],
    paths: { ...pathsOf(routes), ...others.paths },
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "A secret of CARILLON_API_KEYS." },
        ...others.securitySchemes,
      },
      schemas: { Problem: schemaOf(Problem) },
    },
  };
}

/** As they stand in the document. */
export type Others = {
  readonly paths: Readonly<Record<string, object>>;
  readonly securitySchemes: Readonly<Record<string, object>>;
};

const Problem = z
  .object({ ...Refusal.shape, docs: z.string().describe("Path of what explains the code.") })
  .describe("`retryAfter`: milliseconds after which the same request may succeed.");

/** Codes that any route may answer with. */
const EVERYWHERE: readonly ProblemCode[] = [
  "badRequest",
  "unauthorized",
  "apiOff",
  "unsupportedMediaType",
  "tooManyRequests",
  "internal",
];

function pathsOf(routes: readonly Described[]): Record<string, object> {
  const ofPath = Map.groupBy(routes, ({ path }) => path);
  return Object.fromEntries(
    [...ofPath].map(([path, all]) => [
      path,
      Object.fromEntries(all.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
}

function operationOf({ name, summary, description, body, params, query, headers, ...route }: Described): object {
  return {
    operationId: name,
    summary,
    description,
    parameters: [
      ...parametersOf("path", params, route.example.params),
      ...parametersOf("query", query, route.example.query),
      ...parametersOf("header", headers, route.example.headers),
    ],
    ...(body && { requestBody: { required: true, content: json(schemaOf(body), route.example.body) } }),
    responses: { ...answersOf(route), ...problemsOf([...EVERYWHERE, ...route.problems]) },
  };
}

function parametersOf(
  place: string,
  schema: z.ZodObject | undefined,
  examples: Readonly<Record<string, string>> = {},
): object[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema);
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    description,
    schema: rest,
    ...(name in examples && { example: rest.type === "integer" ? Number(examples[name]) : examples[name] }),
  }));
}

function answersOf({ answers, example }: Pick<Described, "answers" | "example">): object {
  const documented = Object.entries<Documented>(answers).map(([status, { description, schema }]) => {
    const shown = example.answer.status === Number(status) ? example.answer.body : undefined;
    return [status, { description, content: json(schemaOf(schema), shown) }];
  });
  return Object.fromEntries(documented);
}

/** The answers that these problems are, by status. */
export function problemsOf(codes: readonly ProblemCode[]): Readonly<Record<string, object>> {
  const ofStatus = Map.groupBy(new Set(codes), (code) => PROBLEMS.get(code)?.status ?? 500);
  return Object.fromEntries(
    [...ofStatus].map(([status, all]) => [
      status,
      {
        description: all.map((code) => `\`${code}\`: ${PROBLEMS.get(code)?.message}`).join("\n\n"),
        content: json({ $ref: "#/components/schemas/Problem" }, all.slice(0, 1).map((code) => problem(code).body)[0]),
      },
    ]),
  );
}

export function json(schema: object, example: unknown): object {
  return { "application/json": { schema, ...(example !== undefined && { example }) } };
}

type JsonSchema = {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
};

/**
 * A schema as JSON Schema, as one may write to it. Also of what is answered: to that fields may come which a reader ignores (P4),
 * and the strict form for readers would forbid them.
 */
export function schemaOf(schema: z.core.$ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all our schemas are objects, whose JSON Schema is of this form.
  return rest as JsonSchema;
}
