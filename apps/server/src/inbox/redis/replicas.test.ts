import { ErrorReply } from "@redis/client";
import { describe, expect, it } from "vitest";
import { InboxUnavailable } from "../../hub/ports.ts";
import type { Send } from "../../redis/connection.ts";
import type { Link } from "../../redis/link.ts";
import { fail } from "../../testing/place.ts";
import { Durability } from "./durability.ts";

/** Two replicas have to confirm. */
const REPLICAS = 2;

/** Also where the redis-server of the tests is too old to be asked for disks. */
describe("replicated, on a server that plays its part", () => {
  it.each<readonly [what: string, server: Partial<Server>, questions: readonly string[]]>([
    ["that has WAITAOF and fsyncs each write", {}, ["WAIT 2 250", "WAITAOF 1 2 250"]],
    ["without WAITAOF", { command: null }, ["WAIT 2 500"]],
    ["whose file is fsynced once a second", { appendfsync: "everysec" }, ["WAIT 2 500"]],
    ["without a file", { appendonly: "no" }, ["WAIT 2 500"]],
    ["that does not say which commands it has", { command: new ErrorReply("NOPERM command") }, ["WAIT 2 500"]],
    ["that does not say how it is set", { appendonly: new ErrorReply("NOPERM config|get") }, ["WAIT 2 500"]],
  ])("%s: it is asked what it can say", async (_what, server, questions) => {
    const at = await stage(server);
    expect(await at.write()).toBe("written");
    expect(at.asked).toEqual(questions);
  });

  it.each<readonly [reply: readonly [own: number, others: number], count: number]>([
    [[1, 1], 1],
    [[1, 0], 0],
    [[0, 2], 0],
    [[0, 0], 0],
  ])(
    "[P6] WAITAOF counts %j: nothing is answered, and the operator hears once what may be wrong",
    async (reply, count) => {
      const at = await stage({ reply });
      for (let n = 0; n < 2; n++) {
        const writing = at.write();
        await expect(writing).rejects.toThrow(InboxUnavailable);
        await expect(writing).rejects.toThrow(`${count} of 2 replicas have it on their disks`);
      }
      expect(at.warned).toEqual([expect.stringMatching(/each needs appendonly yes and appendfsync always/u)]);
    },
  );

  it("who writes in one tick asks together", async () => {
    const at = await stage({});
    await Promise.all([at.write(), at.write(), at.write()]);
    expect(at.asked).toHaveLength(2);
  });
});

/** What the server says of itself, and of its replicas. */
type Server = {
  readonly command: readonly unknown[] | null | ErrorReply;
  readonly appendonly: string | ErrorReply;
  readonly appendfsync: string;
  readonly reply: readonly [own: number, others: number];
};

const WHOLE: Server = { command: ["waitaof", 4], appendonly: "yes", appendfsync: "always", reply: [1, REPLICAS] };

async function stage(some: Partial<Server>) {
  const server = { ...WHOLE, ...some };
  const asked: string[] = [];
  const warned: string[] = [];
  const send: Send = async <T>(command: readonly string[]) => {
    if (command[0]?.startsWith("WAIT")) asked.push(command.join(" "));
    return answerOf(server, command) as T;
  };
  const by = { send, life: 1 };
  const link: Pick<Link, "send" | "sendVia" | "isSpread"> = {
    isSpread: false,
    send,
    sendVia: async (command, onServed) => {
      onServed({ by, life: 1 });
      return send(command);
    },
  };
  const onFinding = ({ level, message }: { level: string; message: string }) => {
    if (level === "warn") warned.push(message);
  };
  const durability = new Durability({ level: "replicated", replicas: REPLICAS, wait: 500, onFinding });
  await durability.look(send, by);
  const write = () => durability.confirmed(link as Link, (over) => over<string>(["SET", "a", "b"]));
  return { asked, warned, write };
}

function answerOf({ command: described, appendonly, appendfsync, reply }: Server, command: readonly string[]): unknown {
  const [name = "", about] = command;
  if (name === "CONFIG") return appendonly instanceof ErrorReply ? fail(appendonly) : configOf(appendonly, appendfsync);
  if (name === "COMMAND") return described instanceof ErrorReply ? fail(described) : [described];
  if (name === "INFO") return about === "cluster" ? "cluster_enabled:0" : `connected_slaves:${REPLICAS}`;
  if (name === "WAITAOF") return reply;
  return name === "WAIT" ? REPLICAS : "written";
}

function configOf(appendonly: string, appendfsync: string): readonly string[] {
  return ["appendonly", appendonly, "appendfsync", appendfsync, "maxmemory-policy", "noeviction"];
}
