import { join } from "node:path";
import { Close } from "@carillon/protocol";
import type { Grant, Verdict } from "@carillon/protocol/token";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localBus } from "../bus/local.ts";
import { openSqliteInbox } from "../inbox/sqlite/inbox.ts";
import { grantOf } from "../testing/grants.ts";
import { MemoryLine } from "../testing/memory-line.ts";
import { fail, temporaryPlace } from "../testing/place.ts";
import { alone } from "./alone.ts";
import { Hub } from "./hub.ts";
import {
  type Bus,
  type Inbox,
  InboxUnavailable,
  type News,
  type Places,
  type Revocation,
  type Revocations,
} from "./ports.ts";
import { Session, startOf } from "./session.ts";

const NOW = 1_795_385_798_000;

let place: Awaited<ReturnType<typeof temporaryPlace>>;
let store: Inbox & Revocations;
let told: Revocation[];
let hear: (revocation: Revocation) => void;

beforeEach(async () => {
  place = await temporaryPlace();
  store = await openSqliteInbox({ file: join(place.path, "carillon.db"), onFatal: fail });
  told = [];
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

const bus: Bus = {
  ...localBus(),
  revoked: (revocation) => told.push(revocation),
  onRevoked: (listener) => (hear = listener),
};
const hubOn = (revocations: Revocations = store, connections: "all" | "latest" = "all") =>
  new Hub({ inbox: store, revocations, bus, connections, now: () => NOW });

async function tab(hub: Hub, grant: Grant) {
  const line = new MemoryLine();
  const session = new Session(hub, "session", grant, line);
  const standing = await session.open(startOf(undefined));
  return { line, session, standing };
}
const verdict = (grant: Grant) => async (): Promise<Verdict> => ({ outcome: "accepted", grant });

describe("revoking", () => {
  it("[P32] a user's tokens: every session of it that lives by one ends, and nobody else's", async () => {
    const hub = hubOn();
    const [first, second, later, other] = await Promise.all([
      tab(hub, grantOf("101", { issuedAt: NOW - 5_000 })),
      tab(hub, grantOf("101", { issuedAt: NOW, tokenId: "t2" })),
      tab(hub, grantOf("101", { issuedAt: NOW + 1_000 })),
      tab(hub, grantOf("102")),
    ]);
    expect(await hub.gate.revoke({ uid: "101" })).toEqual({ outcome: "done" });
    expect([first.line.closes, second.line.closes]).toEqual([[Close.revoked], [Close.revoked]]);
    expect([later.line.closes, other.line.closes]).toEqual([[], []]);
  });

  it("[P32] one token by its name: the sessions that live by it end, whoever they are", async () => {
    const hub = hubOn();
    const [bearer, other] = await Promise.all([
      tab(hub, grantOf("101", { tokenId: "t1" })),
      tab(hub, grantOf("101", { tokenId: "t2" })),
    ]);
    await hub.gate.revoke({ tokenId: "t1" });
    expect([bearer.line.closes, other.line.closes]).toEqual([[Close.revoked], []]);
  });

  it("[P32] whoever comes with one afterwards is not let in, and replaces nobody", async () => {
    const hub = hubOn(store, "latest");
    const present = await tab(hub, grantOf("101", { issuedAt: NOW, tokenId: "good" }));
    await hub.gate.revoke({ tokenId: "stolen" });
    const thief = await tab(hub, grantOf("101", { issuedAt: NOW, tokenId: "stolen" }));
    expect([thief.standing, thief.line.closes, present.line.closes]).toEqual([undefined, [Close.revoked], []]);
  });

  it("[P32] a session that comes while it is revoked does not slip through", async () => {
    const asked = Promise.withResolvers<void>();
    const answers = Promise.withResolvers<boolean>();
    const slow: Revocations = {
      revoke: (revocation) => store.revoke(revocation),
      isRevoked: () => {
        asked.resolve();
        return answers.promise;
      },
    };
    const hub = hubOn(slow);
    const coming = tab(hub, grantOf("101"));
    await asked.promise;
    await hub.gate.revoke({ uid: "101" });
    answers.resolve(false); // What was so when it was asked.
    expect((await coming).line.closes).toEqual([Close.revoked]);
  });

  it("[P32] is confirmed once it is durable, and nobody is hung up on before; a store that cannot serve says so", async () => {
    const broken: Revocations = {
      revoke: () => Promise.reject(new InboxUnavailable("full", 2_000)),
      isRevoked: async () => false,
    };
    const hub = hubOn(broken);
    const { line } = await tab(hub, grantOf("101"));
    expect(await hub.gate.revoke({ uid: "101" })).toMatchObject({
      outcome: "refused",
      refusal: { code: "unavailable", retryAfter: 2_000 },
    });
    expect([line.closes, told]).toEqual([[], []]);
  });

  it("[P32] where nobody can say whether it is revoked, the session is not opened, and may come back", async () => {
    const broken: Revocations = { ...store, isRevoked: () => Promise.reject(new InboxUnavailable("busy")) };
    const { line, standing } = await tab(hubOn(broken), grantOf("101"));
    expect([standing, line.closes]).toEqual([undefined, [Close.unavailable]]);
  });

  it("[P32] tells the other hubs, and hears them", async () => {
    const hub = hubOn();
    const { line } = await tab(hub, grantOf("101"));
    await hub.gate.revoke({ uid: "100" });
    expect(told).toEqual([{ of: "user", uid: "100", until: NOW }]);
    hear({ of: "user", uid: "101", until: NOW });
    expect(line.closes).toEqual([Close.revoked]);
  });

  it("disconnects the sessions of one user, which may come back", async () => {
    const hub = hubOn();
    const [first, second, other] = await Promise.all([
      tab(hub, grantOf("101")),
      tab(hub, grantOf("101")),
      tab(hub, grantOf("102")),
    ]);
    expect([await hub.gate.disconnect("101"), await hub.gate.disconnect("nobody")]).toEqual([2, 0]);
    expect([first, second, other].map(({ line }) => line.closes)).toEqual([
      [Close.disconnected],
      [Close.disconnected],
      [],
    ]);
  });
});

describe("latest, on several hubs", () => {
  it("[P20] news of a newer one may come before the session's own number: then it is the older one", async () => {
    const number = Promise.withResolvers<number>();
    const asked = Promise.withResolvers<void>();
    let news: (news: News, hub: string) => void = () => {};
    const places: Places = {
      ...alone(),
      stamp: () => {
        asked.resolve();
        return number.promise;
      },
    };
    const hub = new Hub({
      inbox: store,
      revocations: store,
      bus: { ...localBus(), onNews: (listener) => (news = listener) },
      places,
      connections: "latest",
      now: () => NOW,
    });
    const coming = tab(hub, grantOf("101"));
    await asked.promise;
    news({ of: "newest", uid: "101", stamp: 6 }, "another");
    number.resolve(5);
    const { line } = await coming;
    expect(line.closes).toEqual([Close.replaced]);
  });
});

describe("renewing", () => {
  const older = grantOf("101", { issuedAt: NOW - 9_000, expiresAt: NOW + 1_000, tokenId: "t1" });
  const newer = grantOf("101", { issuedAt: NOW - 1_000, expiresAt: NOW + 60_000, tokenId: "t2", sendsTo: new Set() });

  it("[P17] the session lives by the newer token, and may do what that says", async () => {
    const hub = hubOn();
    const { session, line } = await tab(hub, older);
    expect(await session.renew("t2", verdict(newer))).toBe("renewed");
    expect([session.grant, session.lease.expiresIn(NOW), line.closes]).toEqual([newer, 60_000, []]);
    await hub.gate.revoke({ tokenId: "t1" });
    expect(line.closes).toEqual([]);
    await hub.gate.revoke({ tokenId: "t2" });
    expect(line.closes).toEqual([Close.revoked]);
  });

  it.each<readonly [what: string, verdict: Verdict, outcome: string]>([
    ["another user's token", { outcome: "accepted", grant: grantOf("102") }, "refused"],
    ["a token that is expired", { outcome: "expired" }, "refused"],
    ["a token that is none", { outcome: "refused" }, "refused"],
    ["a token that nobody can judge", { outcome: "unavailable" }, "unavailable"],
  ])("[P17] %s changes nothing", async (_what, judged, outcome) => {
    const { session, line } = await tab(hubOn(), older);
    expect(await session.renew("token", async () => judged)).toBe(outcome);
    expect([session.grant, line.closes]).toEqual([older, []]);
  });

  it("[P17] one renewal at a time waits for a verdict", async () => {
    const { session } = await tab(hubOn(), older);
    const judged = Promise.withResolvers<Verdict>();
    const first = session.renew("t2", () => judged.promise);
    expect(await session.renew("t3", verdict(newer))).toBe("unavailable");
    judged.resolve({ outcome: "accepted", grant: newer });
    expect(await first).toBe("renewed");
    expect(await session.renew("t4", verdict(newer))).toBe("renewed");
  });

  it("[P32] with a revoked token ends the session, also if it is revoked meanwhile", async () => {
    const hub = hubOn();
    const [before, during] = await Promise.all([tab(hub, older), tab(hub, older)]);
    const judged = Promise.withResolvers<Verdict>();
    const waiting = during.session.renew("t2", () => judged.promise);
    await hub.gate.revoke({ tokenId: "t2" });
    judged.resolve({ outcome: "accepted", grant: newer });
    expect(await Promise.all([waiting, before.session.renew("t2", verdict(newer))])).toEqual(["ended", "ended"]);
    expect([before.line.closes, during.line.closes]).toEqual([[Close.revoked], [Close.revoked]]);
  });
});
