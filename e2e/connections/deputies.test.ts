import { type Client, createClient, type SocketFactory, webSocket } from "@carillon/client";
import { describe, expect, it } from "vitest";
import { socketUrl, tokenFor } from "../faults/credentials.ts";
import { HubProcess } from "../faults/hub-process.ts";
import { Line } from "../faults/line.ts";
import { LIMIT_MS } from "../faults/long.ts";
import { temporaryPlace } from "../faults/place.ts";
import { Signal } from "../faults/signal.ts";
import { Crowd } from "./crowd.ts";

/** What the hub waits for an answer, and a busy machine. */
const ASKED_MS = 1_500 + 4_000;

describe("several tabs of one user, with the product's own client", { timeout: LIMIT_MS }, () => {
  it("[P57] [P14] ten tabs: one ack for each notification, and each of its receipts once", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store);
    using author = await Line.to(hub.port, "100");
    using tabs = new Tabs(hub.port, "101", 10);
    await tabs.areOnline();
    await author.send({ id: "d0", to: "101", text: "Who answers?" });
    await Promise.all([tabs.have(1), tabs.acknowledge(1, 10)]);
    await author.receipts(1);

    for (let n = 1; n <= 20; n += 1) {
      await author.send({ id: `d${n}`, to: "101", text: "…" });
      await tabs.have(n + 1);
      await author.receipts(n + 1);
      expect(tabs.acks.filter((seq) => seq === n + 1)).toHaveLength(1);
    }
    const told = author.entries.flatMap((entry) => (entry.kind === "receipt" ? entry.ids : []));
    expect(told).toEqual(Array.from({ length: 21 }, (_, n) => `d${n}`));
  });

  it("[P57] [P24] the tab that answers for all stands still: the receipt comes from another", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store);
    using author = await Line.to(hub.port, "100");
    await using frozen = new Crowd({ ...TWIN, port: hub.port });
    await using other = new Crowd({ ...TWIN, port: hub.port });
    await answersForBoth(frozen, other, author);

    frozen.stop();
    const start = performance.now();
    await author.send({ id: "frozen", to: "twin-0", text: "Do you hear me?" });
    await author.receipts(2);
    expect(performance.now() - start).toBeLessThan(ASKED_MS);
    await author.send({ id: "next", to: "twin-0", text: "And now?" });
    await author.receipts(3);
    frozen.continue();
    await frozen.until(({ rung }) => rung === 1);
    for (const { shown } of [await frozen.report(), await other.report()]) expect(shown).toEqual([3]);
  });

  it("[P57] [P24] the tab that answers for all is killed: the receipt comes from another", async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store);
    using author = await Line.to(hub.port, "100");
    await using killed = new Crowd({ ...TWIN, port: hub.port });
    await using other = new Crowd({ ...TWIN, port: hub.port });
    await answersForBoth(killed, other, author);

    killed.stop();
    await author.send({ id: "killed", to: "twin-0", text: "Do you hear me?" });
    await killed[Symbol.asyncDispose]();
    await author.receipts(2);
  });
});

/** One tab of `twin-0`, in a process of its own. */
const TWIN = { count: 1, prefix: "twin-" };

/** Resolves when the first of these two tabs answers for both; one notification has come then. */
async function answersForBoth(first: Crowd, second: Crowd, author: Line): Promise<void> {
  await Promise.all([first, second].map((tab) => tab.until(({ online }) => online === 1)));
  second.stop();
  await author.send({ id: "first", to: "twin-0", text: "Who answers?" });
  await author.receipts(1);
  second.continue();
  await second.until(({ rung }) => rung === 1);
}

/** Tabs of one user in this process, whose acknowledgements are counted on their way. */
class Tabs implements Disposable {
  /** The seqs that any of them acknowledged, in order. */
  readonly acks: number[] = [];
  readonly #changes = new Signal();
  readonly #tabs: { readonly client: Client; isOnline: boolean; rung: number }[] = [];

  constructor(port: number, uid: string, count: number) {
    for (let n = 0; n < count; n += 1) this.#open(port, uid);
  }

  areOnline(): Promise<void> {
    return this.#changes.until(() => this.#tabs.every(({ isOnline }) => isOnline));
  }

  /** Resolves when so many notifications rang in each. */
  have(notifications: number): Promise<void> {
    return this.#changes.until(() => this.#tabs.every(({ rung }) => rung === notifications));
  }

  /** Resolves when this seq was acknowledged so many times. */
  acknowledge(seq: number, times: number): Promise<void> {
    return this.#changes.until(() => this.acks.filter((acked) => acked === seq).length === times);
  }

  [Symbol.dispose](): void {
    for (const { client } of this.#tabs) client.stop();
  }

  #open(port: number, uid: string): void {
    const client = createClient({
      url: socketUrl(port),
      token: () => tokenFor(uid),
      socket: this.#counted,
      onStatus: ({ at }) => {
        tab.isOnline = at === "online";
        this.#changes.tell();
      },
      onNotification: () => {
        tab.rung += 1;
        this.#changes.tell();
      },
    });
    const tab = { client, isOnline: false, rung: 0 };
    this.#tabs.push(tab);
    client.start();
  }

  readonly #counted: SocketFactory = (url, events) => {
    const socket = webSocket(url, events);
    const send = (frame: string) => {
      const seq = /^\{"type":"ack","seq":(\d+)\}$/u.exec(frame)?.[1];
      if (seq !== undefined) this.acks.push(Number(seq));
      socket.send(frame);
      this.#changes.tell();
    };
    return { send, close: (code, reason) => socket.close(code, reason) };
  };
}
