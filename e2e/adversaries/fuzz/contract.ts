import { request } from "../raw/http.ts";
import { RawPeer } from "../raw/peer.ts";

/** As much of JSON Schema as the hub's documents use. */
export type JsonSchema = {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
};

export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly example?: string | number;
};

/** One thing that a backend can ask for. */
export type Operation = {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly schema: JsonSchema; readonly example?: unknown } | undefined;
};

/** What the hub says that may be said to it: every message up but those that greet and acknowledge, and the whole API. */
export type Contract = { readonly messages: readonly JsonSchema[]; readonly operations: readonly Operation[] };

/** Read from the documents of a hub, which are made of the schemas that judge: what is new in them is attacked unasked. */
export async function readContract(port: number): Promise<Contract> {
  const [openapi, asyncapi] = await Promise.all([read(port, "openapi"), read(port, "asyncapi")]);
  const operations = Object.entries(openapi.paths ?? {}).flatMap(([path, ofPath]) =>
    Object.entries(ofPath).map(([method, { operationId, parameters = [], requestBody }]) => {
      const body = requestBody?.content["application/json"];
      return { operationId, method: method.toUpperCase(), path, parameters, body };
    }),
  );
  const heard = (asyncapi.operations?.hear.messages ?? []).map(({ $ref }) => $ref.slice($ref.lastIndexOf("/") + 1));
  const messages = heard.filter((name) => !BY_HAND.has(name)).map((name) => asyncapi.components?.messages?.[name]);
  return { operations, messages: messages.flatMap((message) => message?.payload ?? []) };
}

/** What ends a connection unless it is said at the right place. */
const BY_HAND: ReadonlySet<string> = new Set(["hello", "ack"]);

type Document = {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly operations?: { readonly hear: { readonly messages: readonly { readonly $ref: string }[] } };
  readonly components?: { readonly messages?: Readonly<Record<string, { readonly payload: JsonSchema }>> };
};

type Described = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Operation["body"]>> };
};

/** On a connection of its own: one that is kept would count among those that the hub holds. */
async function read(port: number, name: string): Promise<Document> {
  using peer = await RawPeer.to(port);
  peer.write(request({ target: `/${name}.json` }));
  const response = await peer.response();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- validators look at the documents elsewhere.
  return JSON.parse(response?.body ?? "") as Document;
}
