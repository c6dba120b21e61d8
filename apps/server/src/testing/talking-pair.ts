import { afterEach, beforeAll, expect } from "vitest";
import type { SocketLine } from "./socket-line.ts";
import type { TestHub } from "./test-hub.ts";

/** A pair that talks after each test of a file: whatever a test does to the hub, they must not notice. */
export function talkingPair(hub: () => TestHub): { readonly alice: SocketLine } {
  let alice: SocketLine;
  let bob: SocketLine;
  let exchanges = 0;
  beforeAll(async () => {
    [alice, bob] = await Promise.all([hub().tab("alice"), hub().tab("bob")]);
  });
  afterEach(async () => {
    const id = `pair-${exchanges++}`;
    alice.send({ type: "send", id, to: "bob", text: "still here" });
    expect(await bob.next()).toMatchObject({ type: "entries", entries: [{ id, text: "still here" }] });
    expect(await alice.next()).toMatchObject({ type: "entries", entries: [{ kind: "sent", id }] });
    expect(await alice.next()).toMatchObject({ type: "sent", id });
  });
  return {
    get alice() {
      return alice;
    },
  };
}
