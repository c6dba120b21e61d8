import { describe, expect, test } from "vitest";
import { HandClock } from "../testing/clock.ts";
import { edit, mark, send } from "../testing/requests.ts";
import { Courier } from "./courier.ts";
import { Outbox } from "./outbox.ts";
import { memoryOutbox } from "./store.ts";

function carrying() {
  const [outbox, clock, gone]: [Outbox, HandClock, string[]] = [new Outbox(memoryOutbox()), new HandClock(), []];
  const courier = new Courier(outbox, clock, {
    transmit: (up) => gone.push("id" in up ? up.id : up.type),
    onLapse: () => {},
  });
  return { outbox, clock, gone, courier };
}

describe("the courier", () => {
  test("[P12] carries drafts at once and once a connection, changes one after the other", () => {
    const { outbox, gone, courier } = carrying();
    for (const request of [send("a"), edit("e", "x", "one"), mark("m", "read", { upTo: 1 }), send("b")])
      outbox.add(request, 1);
    courier.open();
    courier.carry();
    expect(gone.splice(0)).toEqual(["a", "b", "e"]);
    outbox.remove("e");
    courier.carry();
    expect(gone.splice(0)).toEqual(["m"]);
    courier.close();
    courier.carry();
    expect(gone).toEqual([]);
    courier.open();
    expect(gone).toEqual(["a", "b", "m"]);
  });

  test("[P11] carries again after a time that a timer can hold, however long the hub asks for", () => {
    const { outbox, clock, gone, courier } = carrying();
    outbox.add(send("a"), 1);
    courier.open();
    courier.carryAgain("a", Number.MAX_SAFE_INTEGER);
    clock.pass(3_599_999);
    expect(gone).toEqual(["a"]);
    clock.pass(1);
    expect(gone).toEqual(["a", "a"]);
  });
});
