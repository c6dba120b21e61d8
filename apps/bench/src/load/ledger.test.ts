import { expect, it } from "vitest";
import { faultOf } from "../run.ts";
import { Ledger } from "./ledger.ts";

it("a send is finished when it is both acknowledged and delivered, in whichever order", () => {
  const ledger = new Ledger(2, true);
  ledger.send(0, 0);
  ledger.send(1, 0);
  expect([ledger.acknowledge(0, 0), ledger.deliver(0, 0)]).toEqual(["half", "finished"]);
  expect([ledger.deliver(1, 0), ledger.acknowledge(1, 0)]).toEqual(["half", "finished"]);
  expect(ledger.balance()).toMatchObject({ sent: 2, acknowledged: 2, delivered: 2, lost: 0, doubled: 0 });
  expect(ledger.unfinished).toBe(0);
});

it("what is not delivered is lost, what comes twice is doubled, and neither passes", () => {
  const ledger = new Ledger(1, true);
  for (const number of [0, 1]) ledger.send(0, number);
  for (const number of [0, 1]) ledger.acknowledge(0, number);
  for (const number of [0, 0]) ledger.deliver(0, number);
  const balance = ledger.balance();
  expect(balance).toMatchObject({ delivered: 1, lost: 1, doubled: 1 });
  expect(faultOf({ scenario: "w1", peer: "ws", repetition: 0, figures: {}, balance })).toBe("1 lost, 1 doubled");
});

it("where nobody acknowledges, a delivery is enough", () => {
  const ledger = new Ledger(1, false);
  ledger.send(0, 0);
  expect(ledger.deliver(0, 0)).toBe("finished");
  expect(ledger.balance()).toMatchObject({ sent: 1, acknowledged: 1, lost: 0 });
});
