import { describe, expect, it } from "vitest";
import { Owed } from "./owed.ts";
import { type Written, written } from "./written.ts";

const AT = 1_795_385_798_166;

describe("which acknowledgements tell anything", () => {
  it("[P14] all up to where the session began do, for nobody knows what came before it", () => {
    const owed = new Owed(7);
    expect([owed.takes(3), owed.takes(3), owed.takes(5), owed.takes(7), owed.takes(7)]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it("[P14] one that covers a notification does, and one that covers none does not", () => {
    const owed = new Owed(4);
    owed.takes(4);
    owed.delivered([receipt(5), notification(6), receipt(7)]);
    expect([owed.takes(5), owed.takes(6), owed.takes(7)]).toEqual([false, true, false]);
    owed.delivered([receipt(8)]);
    expect(owed.takes(8)).toBe(false);
  });

  it("[P14] of several notifications, each one that is covered is told", () => {
    const owed = new Owed(0);
    owed.takes(0);
    owed.delivered([notification(1), notification(2)]);
    owed.delivered([notification(3)]);
    expect([owed.takes(1), owed.takes(2), owed.takes(3), owed.takes(3)]).toEqual([true, true, true, false]);
  });

  it("[P14] what could not be stored is told with the next", () => {
    const owed = new Owed(0);
    owed.takes(0);
    owed.delivered([notification(1), receipt(2)]);
    expect(owed.takes(1)).toBe(true);
    owed.untold();
    expect([owed.takes(2), owed.takes(2)]).toEqual([true, false]);
  });
});

function notification(seq: number): Written {
  return written({ kind: "notification", seq, at: AT, from: "100", id: `d${seq}`, text: "text" });
}

function receipt(seq: number): Written {
  return written({ kind: "receipt", seq, at: AT, state: "delivered", to: "101", ids: ["d1"] });
}
