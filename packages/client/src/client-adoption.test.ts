import { expect, test } from "vitest";
import { ADOPT_AFTER_MS } from "./outbox/adoption.ts";
import { localOutbox, type OutboxStore } from "./outbox/store.ts";
import { Page } from "./testing/page.ts";
import { FakeStorage } from "./testing/storage.ts";

/** Two tabs of one browser: what one puts into the outbox, the other is told of. */
function tabs(): readonly [Page, Page] {
  const storage = new FakeStorage();
  const watchers = [new Set<() => void>(), new Set<() => void>()] as const;
  const tab = (mine: Set<() => void>, others: Set<() => void>) => {
    const store = localOutbox("100", storage);
    const outbox: OutboxStore = {
      ...store,
      put: (waiting) => {
        const isKept = store.put(waiting);
        for (const tell of others) tell();
        return isKept;
      },
      watch: (onPut) => {
        mine.add(onPut);
        return () => void mine.delete(onPut);
      },
    };
    return new Page({ outbox });
  };
  return [tab(watchers[0], watchers[1]), tab(watchers[1], watchers[0])];
}

test("[P12] what a tab could not send before it was closed, an open one sends after a while", async () => {
  const [closed, open] = tabs();
  const line = await open.online();
  closed.client.start();
  const id = closed.send("left behind");
  closed.client.stop();
  open.clock.pass(ADOPT_AFTER_MS - 1);
  expect(line.heard()).toEqual([]);
  open.clock.pass(1);
  expect(line.heard()).toEqual([{ type: "send", id, to: "101", text: "left behind" }]);
  expect(open.pendingIds).toEqual([id]);
});

test("[P12] what the tab itself brings to the hub in time, no other one sends", async () => {
  const [one, other] = tabs();
  const [line, silent] = [await one.online(), await other.online()];
  const id = one.send("quick");
  line.say({ type: "sent", id, seq: 1, at: one.clock.now() });
  other.clock.pass(ADOPT_AFTER_MS);
  expect(silent.heard()).toEqual([]);
  expect(other.pendingIds ?? []).toEqual([]);
});

test("[P12] marks that a closed tab left are taken on, too; after its end a client takes on nothing", async () => {
  const [closed, open] = tabs();
  const line = await open.online();
  closed.client.start();
  closed.client.mark("read", { seqs: [3] });
  closed.client.stop();
  open.clock.pass(ADOPT_AFTER_MS);
  expect(line.heard()).toMatchObject([{ type: "mark", mark: "read", target: { seqs: [3] } }]);

  closed.client.start();
  closed.send("too late");
  open.client.stop();
  open.clock.pass(ADOPT_AFTER_MS);
  expect(open.pendingIds).toEqual([]);
});
