import { expect, it } from "vitest";
import { hubIn } from "./hubs.ts";
import { Ledger } from "./ledger.ts";
import { LIMIT_MS } from "./long.ts";
import { temporaryPlace } from "./place.ts";
import { FaultProxy } from "./proxy.ts";
import { Signal } from "./signal.ts";
import { book, readStore } from "./store.ts";
import { User } from "./user.ts";

it(
  "[P12] cut between commit and push, on both ends: shown once, the same seq at the resend",
  { timeout: LIMIT_MS },
  async () => {
    await using place = await temporaryPlace();
    await using hub = await hubIn(place.path);
    await using proxy = await FaultProxy.to(hub.port);
    const ledger = new Ledger();
    const changes = new Signal();
    const [author, target] = ["100", "101"].map((uid) => {
      return new User(uid, { port: proxy.port, ledger, changes, random: Math.random });
    });
    if (author === undefined || target === undefined) throw new Error("Two were asked for.");
    await Promise.all([author.online(), target.online()]);
    await author.send("101", "Before");
    await changes.until(() => ledger.findings().delivered === 1);

    proxy.cutAfter("down", 0); // The draft goes up and is committed; not a byte of what follows arrives.
    await author.send("101", "Cut");
    await changes.until(() => author.arrivals === 2 && target.arrivals === 2);
    await author.send("101", "After");
    await changes.until(() => ledger.findings().delivered === 3);

    author[Symbol.dispose]();
    target[Symbol.dispose]();
    await hub.stop();
    book(await readStore(place.store), ledger);
    console.log(ledger.table("cut between commit and push"));
    const nothing = { lost: [], doubled: [], reseated: [], disordered: [] };
    expect(ledger.findings()).toEqual({ sent: 3, acknowledged: 3, stored: 3, delivered: 3, shown: 3, ...nothing });
  },
);
