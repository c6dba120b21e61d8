import { Down, limits, SUBPROTOCOL, Up } from "@carillon/protocol";
import * as z from "zod";
import { SOCKET_PATH } from "../upgrade.ts";

/** The AsyncAPI 3 document of the socket, made of the schemas that judge its frames. */
export function asyncapi(): Readonly<Record<string, unknown>> {
  const up = messagesOf(Up);
  const down = messagesOf(Down, new Set(up.map(({ key }) => key)));
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Carillon, the socket",
      version: "1.0.0",
      description: "What users' own connections say and hear. PROTOCOL.md is the whole contract; this is its shapes.",
      license: { name: "MIT" },
    },
    defaultContentType: "application/json",
    channels: {
      socket: {
        address: SOCKET_PATH,
        description: `A WebSocket with the subprotocol ${SUBPROTOCOL}. Every message is one text frame of JSON; up, of at most ${limits.frameBytes} bytes.`,
        messages: Object.fromEntries(
          [...up, ...down].map(({ key }) => [key, { $ref: `#/components/messages/${key}` }]),
        ),
        bindings: { ws: { method: "GET", bindingVersion: "0.1.0" } },
      },
    },
    operations: {
      hear: operation("receive", "What the hub hears: from client to hub.", up),
      say: operation("send", "What the hub says: from hub to client.", down),
    },
    components: {
      messages: Object.fromEntries([...up, ...down].map(({ key, name, payload }) => [key, { name, payload }])),
    },
  };
}

/** `key` names it in the document: a `page` is asked for and answered, and they are two. */
type Message = { readonly key: string; readonly name: string; readonly payload: JsonSchema };

function operation(action: "receive" | "send", summary: string, messages: readonly Message[]): object {
  const all = messages.map(({ key }) => ({ $ref: `#/channels/socket/messages/${key}` }));
  return { action, summary, channel: { $ref: "#/channels/socket" }, messages: all };
}

type JsonSchema = {
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: { readonly type?: { readonly const?: string } };
};

/** A union of messages, one by one, each by the name that its `type` is. */
function messagesOf(union: z.core.$ZodType, taken: ReadonlySet<string> = new Set()): readonly Message[] {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(union, { io: "input", unrepresentable: "any" });
  const { anyOf, oneOf } = schema as JsonSchema;
  return (anyOf ?? oneOf ?? []).map((payload) => {
    const name = typeOf(payload);
    return { key: taken.has(name) ? `${name}.down` : name, name, payload };
  });
}

/** The forms of one message (welcome has two) have one type. */
function typeOf({ properties, oneOf, anyOf }: JsonSchema): string {
  const [form] = oneOf ?? anyOf ?? [];
  return properties?.type?.const ?? (form === undefined ? "" : typeOf(form));
}
