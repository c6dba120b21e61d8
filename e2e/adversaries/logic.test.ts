import type { Down } from "@carillon/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenFor } from "../faults/credentials.ts";
import { LIMIT_MS, size } from "../faults/long.ts";
import { dice } from "../faults/random.ts";
import { frame } from "./raw/frame.ts";
import { Guest } from "./raw/guest.ts";
import { Siege } from "./siege.ts";

let siege: Siege;
beforeAll(async () => (siege = await Siege.afterCalm(size(50, 3_000))), LIMIT_MS);
afterAll(() => siege[Symbol.asyncDispose]());

const guest = (uid: string) => Guest.as(uid, siege.port);

describe("the same id", { timeout: LIMIT_MS, repeats: size(0, 9) }, () => {
  it("[P12] a hundred times at once from five sockets is one entry; another body is a conflict", async () => {
    const [author, target] = [crypto.randomUUID(), crypto.randomUUID()];
    await using sockets = new AsyncDisposableStack();
    const five = await Promise.all(Array.from({ length: 5 }, async () => sockets.use(await guest(author))));
    const draft = { type: "send", id: "one", to: target, text: "Once." };
    const answers = await siege.during("attack", () =>
      Promise.all(
        five.map(async (each): Promise<Down[]> => {
          for (let n = 0; n < 20; n += 1) each.peer.say(draft);
          const heard: Down[] = [];
          while (heard.length < 20) heard.push(await each.answer("one"));
          return heard;
        }),
      ),
    );
    const all = answers.flat();
    expect(all.every(({ type }) => type === "sent")).toBe(true);
    expect(new Set(all.map((answer) => "seq" in answer && answer.seq)).size).toBe(1);
    expect(all.filter((answer) => !("duplicate" in answer))).toHaveLength(1);

    const [first] = five;
    expect(await first?.ask({ ...draft, text: "Twice." })).toMatchObject({ type: "refused", code: "conflict" });
    expect(await first?.ask({ ...draft, to: author })).toMatchObject({ type: "refused", code: "conflict" });
    using reader = await guest(target);
    expect(reader.welcome).toMatchObject({
      head: 1,
      counts: { unseen: 1 },
      snapshot: { notifications: [{ id: "one", text: "Once." }] },
    });
  });
});

describe("somebody else", { timeout: LIMIT_MS, repeats: size(0, 9) }, () => {
  it("[P16] nobody can be: the author is the token's, whatever a draft says", async () => {
    const [mallory, victim, target] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    using liar = await guest(mallory);
    const lies = {
      from: victim,
      uid: victim,
      author: victim,
      sub: victim,
      session: "x",
      seq: 1,
      at: 1,
      kind: "notification",
    };
    expect(await liar.ask({ type: "send", id: "lie", to: target, text: "From the victim.", ...lies })).toMatchObject({
      type: "sent",
    });
    const [read, untouched] = await Promise.all([guest(target), guest(victim)]);
    expect(read.welcome).toMatchObject({ snapshot: { notifications: [{ id: "lie", from: mallory }] } });
    expect(untouched.welcome.head).toBe(0);
    for (const each of [read, untouched]) each[Symbol.dispose]();
  });

  it("[P23] [P26] [P27] has a log that nobody else can mark, edit, retract or read", async () => {
    const [mallory, victim, friend] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    using theirs = await guest(victim);
    using author = await guest(friend);
    expect(await author.ask({ type: "send", id: "letter", to: victim, text: "For you alone." })).toMatchObject({
      type: "sent",
    });
    await theirs.has(1);

    using thief = await guest(mallory);
    await siege.during("attack", async () => {
      const as = { uid: victim, from: friend, to: victim, user: victim };
      for (const mark of ["seen", "read", "unread"])
        for (const target of [{ upTo: 1_000 }, { seqs: [1] }])
          expect(await thief.ask({ type: "mark", id: "m", mark, target, ...as })).toMatchObject({ type: "done" });
      expect(await thief.ask({ type: "edit", id: "e", draft: "letter", text: "Mine.", ...as })).toMatchObject({
        code: "unknownDraft",
      });
      expect(await thief.ask({ type: "retract", id: "r", draft: "letter", ...as })).toMatchObject({
        code: "unknownDraft",
      });
      // Not even the recipient is the author.
      expect(await theirs.ask({ type: "retract", id: "r", draft: "letter" })).toMatchObject({ code: "unknownDraft" });
      for (const of of ["notification", "sent"])
        expect(await thief.ask({ type: "page", id: "p", of, before: 1_000, limit: 50, ...as })).toMatchObject({
          items: [],
          end: true,
        });
      thief.peer.say({ type: "ack", seq: 1, uid: victim });
      expect(await thief.peer.ending()).toBe(4500);
    });

    using later = await guest(victim);
    expect(later.welcome).toMatchObject({ head: 1, counts: { unseen: 1, unread: 1 } });
    expect(later.welcome).toMatchObject({
      snapshot: { acked: 0, notifications: [{ id: "letter", text: "For you alone." }] },
    });
    using again = await guest(friend);
    expect(again.welcome).toMatchObject({ head: 1, snapshot: { sent: [{ id: "letter", state: "stored" }] } });
  });

  it("[P3] nobody becomes on a connection that is somebody's", async () => {
    using liar = await guest(crypto.randomUUID());
    liar.peer.say({ type: "hello", token: await tokenFor("alice") });
    expect(await liar.peer.ending()).toBe(4500);
  });
});

describe("mark-all", { timeout: LIMIT_MS, repeats: size(0, 9) }, () => {
  it("[P23] while notifications land leaves every one unread that its reader had not", async () => {
    const chance = dice("mark-all");
    const [author, reader] = [crypto.randomUUID(), crypto.randomUUID()];
    using sending = await guest(author);
    using reading = await guest(reader);
    let marked = 0;
    for (let round = 0; round < size(30, 100); round += 1) {
      const upTo = reading.entries.at(-1)?.seq ?? 0;
      const ids = Array.from({ length: 1 + chance.below(5) }, (_, n) => `r${round}-${n}`);
      await siege.during("attack", async () => {
        const early = chance.below(ids.length + 1);
        for (const id of ids.slice(0, early)) sending.peer.say({ type: "send", id, to: reader, text: id });
        reading.peer.write(
          frame({ payload: JSON.stringify({ type: "mark", id: `m${round}`, mark: "read", target: { upTo } }) }),
        );
        for (const id of ids.slice(early)) sending.peer.say({ type: "send", id, to: reader, text: id });
        for (const id of ids) expect(await sending.answer(id)).toMatchObject({ type: "sent" });
        expect(await reading.answer(`m${round}`)).toMatchObject({ type: "done" });
      });
      marked = upTo;
      const landed = () => reading.entries.filter(({ kind }) => kind === "notification");
      if (!landed().some((entry) => "id" in entry && entry.id === ids.at(-1)))
        await reading.until(() => landed().some((entry) => "id" in entry && entry.id === ids.at(-1)));
      const unread = landed().filter(({ seq }) => seq > marked).length;
      expect(reading.counts).toMatchObject({ unread, unseen: unread });
    }
  });
});

it("nobody else noticed any of it, and the hub is whole", { timeout: LIMIT_MS }, () => siege.lift("bad intentions"));
