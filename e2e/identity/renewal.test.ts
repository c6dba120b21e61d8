import { createClient, type Status, type TokenNeed } from "@carillon/client";
import type { Notification } from "@carillon/protocol";
import { startTestHub } from "@carillon/server/testing/test-hub.ts";
import { expect, test } from "vitest";
import { Signal } from "../faults/signal.ts";

test(
  "[P17] a client with tokens of three seconds stays on one connection, and hears what is sent meanwhile",
  { timeout: 30_000 },
  async () => {
    const hub = await startTestHub();
    const changes = new Signal();
    const asked: TokenNeed[] = [];
    const statuses: Status["at"][] = [];
    const rung: Notification[] = [];
    const client = createClient({
      url: `${hub.url.replace("http", "ws")}/v1/socket`,
      token: async (why) => {
        asked.push(why);
        changes.tell();
        return hub.token("101", { lifetime: 3 });
      },
      onStatus: ({ at }) => {
        statuses.push(at);
        changes.tell();
      },
      onNotification: (notification) => {
        rung.push(notification);
        changes.tell();
      },
    });
    client.start();
    await changes.until(() => asked.length >= 4);
    const author = await hub.tab("100");
    author.send({ type: "send", id: "d1", to: "101", text: "Still there?" });
    await changes.until(() => rung.length > 0);
    expect(asked).toEqual(["connect", "renew", "renew", "renew"]);
    expect(statuses).toEqual(["connecting", "online"]);
    client.stop();
    await hub.close();
  },
);
