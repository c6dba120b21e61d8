import * as z from "zod";
import { problem, type ProblemCode } from "../problem.ts";

/** What is answered: an answer that was documented, or a problem. */
export type Answer = { readonly status: number; readonly body: unknown };

/** What a route says of itself, for those who read about it. */
export type Described = {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** As OpenAPI writes it: `/v1/users/{uid}/log`. */
  readonly path: string;
  /** Names it among all others. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Bytes that its body may have, where that is more than usual. */
  readonly bodyLimit?: number;
  /** The good answers, by status. */
  readonly answers: Readonly<Record<number, Documented>>;
  /** The problems that it can answer with, beside those that every route has. */
  readonly problems: readonly ProblemCode[];
  readonly example: Example;
};

export type Documented = { readonly description: string; readonly schema: z.core.$ZodType };

/** A request as a caller may make it, with an answer that it may get. */
export type Example = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer: Answer;
};

/** A request as HTTP brings it, from an application that is known. */
export type Raw = {
  readonly application: string;
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
};

export type Route = Described & { readonly answer: (raw: Raw) => Promise<Answer> };

type Asked<D extends Described> = {
  readonly application: string;
  readonly params: Parsed<D["params"]>;
  readonly query: Parsed<D["query"]>;
  readonly headers: Parsed<D["headers"]>;
  readonly body: Parsed<D["body"]>;
};
type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : unknown;

/** Makes a route whose `serve` gets what was asked only when it is as the schemas say. */
export function route<const D extends Described>(described: D, serve: (asked: Asked<D>) => Promise<Answer>): Route {
  const { params = NONE, query = NONE, headers = ANY, body = ANY } = described;
  const schema = z.object({ application: z.string(), params, query, headers, body });
  const answer = async (raw: Raw) => {
    const asked = schema.safeParse(raw);
    if (!asked.success) return problem("badRequest", { message: firstFault(asked.error) });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `schema` is made of the schemas that `Asked` infers from.
    return serve(asked.data as Asked<D>);
  };
  return { ...described, answer };
}

const NONE = z.strictObject({});
const ANY = z.unknown();

function firstFault({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "The request is not as it must be.";
  const where = issue.path.map(String).join(".");
  return `${where === "" ? "request" : where}: ${issue.message}`.slice(0, 300);
}
