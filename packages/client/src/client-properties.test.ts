import fc from "fast-check";
import { expect, test } from "vitest";
import { localOutbox } from "./outbox/store.ts";
import { HubModel, type Mood } from "./testing/hub.ts";
import type { Line } from "./testing/line.ts";
import { Page } from "./testing/page.ts";
import { FakeStorage } from "./testing/storage.ts";

const NOTIFICATIONS = 4;

type Act =
  | { readonly act: "send" }
  | { readonly act: "retract" | "edit"; readonly which: number }
  | { readonly act: "mark"; readonly mark: "read" | "unread"; readonly seq: number }
  | { readonly act: "hub"; readonly mood: Mood }
  | { readonly act: "cut" | "reload" | "connect" | "wait" };

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant("send" as const) }),
  fc.record({ act: fc.constantFrom("retract" as const, "edit" as const), which: fc.nat(3) }),
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("mark" as const),
      mark: fc.constantFrom("read" as const, "unread" as const),
      seq: fc.integer({ min: 1, max: NOTIFICATIONS }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant("hub" as const), mood: fc.constantFrom("granting", "busy", "mute") }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom("cut", "reload", "connect", "wait") }) },
);

/** A user, a hub, and a network between them that fails. What the user wanted last is noted. */
class Story {
  readonly hub = new HubModel(NOTIFICATIONS);
  readonly storage = new FakeStorage();
  readonly texts = new Map<string, string>();
  readonly retracted = new Set<string>();
  readonly read = new Map<number, boolean>();
  page = this.#open();
  #line: Line | undefined;

  async act(what: Act): Promise<void> {
    switch (what.act) {
      case "send":
        return void this.texts.set(this.page.send("first"), "first");
      case "retract":
      case "edit":
        return this.#change(what.act, [...this.texts.keys()].at(-1 - what.which));
      case "mark":
        this.read.set(what.seq, what.mark === "read");
        return this.page.client.mark(what.mark, { seqs: [what.seq] });
      case "hub":
        if (this.#line !== undefined) this.hub.hear(this.#line, what.mood);
        return what.mood === "mute" ? this.#cut() : undefined; // A connection loses nothing but its end.
      case "cut":
        return this.#cut();
      case "reload":
        this.page.client.stop();
        this.#line = undefined;
        this.page = this.#open();
        return undefined;
      case "connect":
        return this.connect();
      case "wait":
        return this.page.clock.pass(400);
      default:
        what satisfies never;
    }
  }

  async connect(): Promise<void> {
    if (this.#line !== undefined) return;
    this.page.client.start();
    this.page.client.retry();
    this.#line = await this.page.exchange.accept();
    this.#line.open();
    this.hub.welcome(this.#line);
  }

  #cut(): void {
    this.#line?.hangUp(1006);
    this.#line = undefined;
    this.page.client.stop(); // Its clock may run without a connection coming about.
  }

  #change(act: "retract" | "edit", id: string | undefined): void {
    if (id === undefined || this.retracted.has(id)) return;
    if (act === "retract") {
      this.retracted.add(id);
      return this.page.client.retract(id);
    }
    this.texts.set(id, `edit ${this.texts.size} of ${id}`);
    this.page.client.edit(id, this.texts.get(id) ?? "");
  }

  #open(): Page {
    return new Page({ outbox: localOutbox("100", this.storage) });
  }
}

test("[P12] however the network fails, in the end hub and view say what the user wanted last, and nothing waits", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { maxLength: 60, size: "max" }), async (all) => {
      const story = new Story();
      for (const one of all) await story.act(one);
      await story.connect();
      for (let round = 0; round < 3 * all.length + 3; round++) {
        await story.act({ act: "hub", mood: "granting" });
        await story.act({ act: "wait" });
      }
      const { hub, page, storage } = story;
      expect(storage.length).toBe(0);
      expect(page.view?.pending).toEqual([]);
      expect(hub.read).toEqual(story.read);
      const shown = new Map(page.view?.notifications.map(({ seq, read }) => [seq, read === true]));
      for (const [seq, read] of story.read) expect(shown.get(seq)).toBe(read);
      for (const [id, text] of story.texts) {
        const known = hub.drafts.get(id);
        if (story.retracted.has(id)) expect(known?.retracted ?? true).toBe(true);
        else expect(known).toMatchObject({ text, retracted: false });
      }
      const standing = page.view?.sent.filter(({ retracted }) => !retracted).map(({ id }) => id);
      expect(new Set(standing)).toEqual(new Set([...story.texts.keys()].filter((id) => !story.retracted.has(id))));
    }),
    { numRuns: 60 },
  );
});
