import specs from "@asyncapi/specs";
import type { Down, Up } from "@carillon/protocol";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localBus } from "../../bus/local.ts";
import { Hub } from "../../hub/hub.ts";
import { openSqliteInbox } from "../../inbox/sqlite/inbox.ts";
import { fail, temporaryPlace } from "../../testing/place.ts";
import { DEMO_API_SECRET, startTestHub, type TestHub } from "../../testing/test-hub.ts";
import { PROBLEMS } from "../problem.ts";
import { apiRoutes } from "./api.ts";
import { pathOf } from "./curl.ts";
import { visitorPaths } from "./visitors.ts";

let hub: TestHub;
beforeAll(async () => (hub = await startTestHub()));
afterAll(() => hub.close());

const get = async (path: string) => (await (await fetch(hub.url + path)).json()) as Document;
// oxlint-disable-next-line typescript/no-explicit-any -- a document of which a test looks only at corners.
type Document = Record<string, any> & { readonly paths: object; readonly components: Record<string, any> };
type Operation = {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};
type Content = { readonly "application/json"?: { readonly schema: object; readonly example?: unknown } };

describe("/openapi.json", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    const document = await get("/openapi.json");
    expect(document["openapi"]).toBe("3.1.0");
    const verdict = await new Validator().validate(document);
    expect(verdict.errors).toBeUndefined();
    expect(verdict.valid).toBe(true);
  });

  it("is one that a validator can refuse", async () => {
    const document = await get("/openapi.json");
    Object.assign(document.paths, { "/v1/x": { get: { responses: [] } } });
    expect((await new Validator().validate(document)).valid).toBe(false);
  });

  it("has examples that are as their own schemas say", async () => {
    const document = await get("/openapi.json");
    const ajv = validator(document);
    let shown = 0;
    for (const operation of operationsOf(document)) {
      for (const { content } of [operation.requestBody, ...Object.values(operation.responses)].flatMap(
        (of) => of ?? [],
      )) {
        const { schema = {}, example } = content?.["application/json"] ?? {};
        if (example === undefined) continue;
        shown++;
        expect(ajv.validate(schema, example), `${operation.operationId}: ${ajv.errorsText()}`).toBe(true);
      }
    }
    expect(shown).toBeGreaterThan(50);
  });

  it("has examples that a hub answers as they say, in the status and in the form", async () => {
    const document = await get("/openapi.json");
    const ajv = validator(document);
    const operations = new Map(operationsOf(document).map((one) => [one.operationId, one]));
    const executed: string[] = [];
    for (const { name, method, path, example } of await someRoutes()) {
      const { params = {}, query = {}, headers = {}, body, answer } = example;
      const response = await fetch(hub.url + pathOf(path, params, query), {
        method,
        headers: {
          authorization: `Bearer ${DEMO_API_SECRET}`,
          ...headers,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const said: unknown = await response.json();
      expect([name, response.status, said]).toEqual([name, answer.status, expect.anything()]);
      const schema = operations.get(name)?.responses[String(response.status)]?.content?.["application/json"]?.schema;
      expect(schema, `${name} documents ${response.status}`).toBeDefined();
      expect(ajv.validate(schema ?? {}, said), `${name}: ${ajv.errorsText()}`).toBe(true);
      executed.push(name);
    }
    expect([...executed, "openStream", "postToStream", "demoSession"]).toEqual([...operations.keys()]);
  });

  it("[P40] [P42] has the stream, which answers as it says, and the sign-in where there is one", async () => {
    const { paths } = await get("/openapi.json");
    const { "/v1/demo/session": signIn, ...others } = visitorPaths(true);
    expect(paths).toMatchObject({ ...others, "/v1/demo/session": signIn });
    expect(Object.keys(visitorPaths(false))).toEqual(Object.keys(others));

    const asked = { method: "POST", headers: { "content-type": "application/json" }, body: '{"uid":"s"}' };
    const { token } = (await (await fetch(`${hub.url}/v1/demo/session`, asked)).json()) as { token: string };
    const line = hub.stream();
    const welcome = (await line.hello(token)) as { session: string };
    expect([line.status, line.headers["content-type"]]).toEqual([200, "text/event-stream"]);
    const [example] = operationsOf({ paths })
      .filter(({ operationId }) => operationId === "postToStream")
      .map(({ requestBody }) => requestBody?.content["application/json"]?.example);
    expect(example).toEqual([{ type: "ack", seq: 42 }]);
    expect(await line.post('[{"type":"ack","seq":0}]', { session: welcome.session })).toBe(202);
    expect(await line.post("[]", { session: "another" })).toBe(404);
    expect(await line.post("[]", { token: "nobody's" })).toBe(401);
  });
});

describe("/asyncapi.json", () => {
  // The schema brings draft 7 with it.
  const isAsyncApi = new Ajv({ strict: false, meta: false, validateSchema: false, logger: false });
  addFormats.default(isAsyncApi);

  it("is a valid AsyncAPI 3 document", async () => {
    const document = await get("/asyncapi.json");
    expect(document["asyncapi"]).toBe("3.0.0");
    expect(isAsyncApi.validate(SCHEMA, document), isAsyncApi.errorsText()).toBe(true);
    expect(isAsyncApi.validate(SCHEMA, { ...document, channels: [] })).toBe(false);
  });

  it("[P2] has every message up and down, each by its type", async () => {
    const { components, operations } = (await get("/asyncapi.json")) as Document & { operations: Document };
    expect(Object.keys(components["messages"])).toEqual(expect.arrayContaining(Object.keys(UPS)));
    expect(operations["hear"].messages).toHaveLength(Object.keys(UPS).length);
    expect(operations["say"].messages).toHaveLength(Object.keys(DOWNS).length);
  });

  it("[P27] tells a page that is asked for from one that is given", async () => {
    const { components } = await get("/asyncapi.json");
    const ajv = new Ajv2020({ strict: false });
    const isAsked = (message: object) => ajv.validate(components["messages"].page.payload, message);
    const isGiven = (message: object) => ajv.validate(components["messages"]["page.down"].payload, message);
    const asked = { type: "page", id: "p", of: "sent", before: 1, limit: 1 };
    const given = { type: "page", id: "p", items: [], end: true };
    expect([isAsked(asked), isAsked(given), isGiven(given), isGiven(asked)]).toEqual([true, false, true, false]);
  });

  it("[P8] has schemas that a hub's own frames are as", async () => {
    const { components } = await get("/asyncapi.json");
    const welcome: unknown = await (await hub.line()).hello(await hub.token("async"));
    const ajv = new Ajv2020({ strict: false });
    const valid = ajv.validate(components["messages"].welcome.payload, welcome);
    expect(valid, ajv.errorsText()).toBe(true);
    expect(ajv.validate(components["messages"].welcome.payload, { type: "welcome" })).toBe(false);
  });
});

describe("/docs", () => {
  it("explains every code that an answer may name", async () => {
    const page = await (await fetch(`${hub.url}/docs`)).text();
    for (const code of PROBLEMS.keys()) expect(page).toContain(`id="${code}"`);
  });

  it("is a page without script or inline style, whose policy is that of every answer", async () => {
    const response = await fetch(`${hub.url}/docs`);
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
    const page = await response.text();
    expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|javascript:/iu);
    expect((await fetch(`${hub.url}/docs.css`)).headers.get("content-type")).toContain("text/css");
  });
});

/** Total: a new message has to say its type here. */
const UPS: Readonly<Record<Up["type"], true>> = {
  hello: true,
  send: true,
  batch: true,
  mark: true,
  snooze: true,
  mute: true,
  quiet: true,
  retract: true,
  edit: true,
  page: true,
  renew: true,
  watch: true,
  attend: true,
  ack: true,
  ping: true,
};
const DOWNS: Readonly<Record<Down["type"], true>> = {
  welcome: true,
  entries: true,
  unacked: true,
  sent: true,
  done: true,
  refused: true,
  page: true,
  renewed: true,
  presence: true,
  pong: true,
};

const SCHEMA: object = specs.schemas["3.0.0"];

/** The routes, without a hub that runs: what they say of themselves. In the order in which their examples make sense. */
async function someRoutes() {
  const place = await temporaryPlace();
  const inbox = await openSqliteInbox({ file: `${place.path}/x.db`, onFatal: fail });
  const routes = apiRoutes(new Hub({ inbox, revocations: inbox, bus: localBus(), connections: "all", now: Date.now }));
  await inbox.close();
  await place.remove();
  return routes;
}

function operationsOf(document: { paths: object }): readonly Operation[] {
  return Object.values(document.paths).flatMap((path: Readonly<Record<string, Operation>>) => Object.values(path));
}

/** Judges by the schemas of the document, its references included. */
function validator(document: { components: object }) {
  const ajv = new Ajv2020({ strict: false });
  const withComponents = (schema: object) => ({ ...schema, components: document.components });
  return {
    validate: (schema: object, value: unknown) => ajv.validate(withComponents(schema), value),
    errorsText: () => ajv.errorsText(),
  };
}
