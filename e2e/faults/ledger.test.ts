import { beforeEach, describe, expect, it } from "vitest";
import { Ledger } from "./ledger.ts";

describe("the ledger", () => {
  let ledger: Ledger;
  beforeEach(() => {
    ledger = new Ledger();
    ledger.sent({ author: "100", id: "a", to: "101", text: "Agreed." });
  });

  it("has nothing to say against a draft that went all the way", () => {
    ledger.acknowledged("100", "a", 1);
    ledger.stored("100", "a");
    ledger.shown("101", "100", "a", 1);
    ledger.delivered("100", "a");
    expect(ledger.findings()).toEqual({
      sent: 1,
      acknowledged: 1,
      stored: 1,
      delivered: 1,
      shown: 1,
      lost: [],
      doubled: [],
      reseated: [],
      disordered: [],
    });
  });

  it("has nothing to say against a draft that was never answered", () => {
    expect(ledger.findings()).toMatchObject({ sent: 1, acknowledged: 0, lost: [] });
  });

  it("[P6] calls lost what was acknowledged and is not stored", () => {
    ledger.acknowledged("100", "a", 1);
    ledger.shown("101", "100", "a", 1);
    expect(ledger.findings().lost).toEqual(["100/a"]);
  });

  it("[P7] calls lost what was acknowledged and stored, and never shown", () => {
    ledger.acknowledged("100", "a", 1);
    ledger.stored("100", "a");
    ledger.shown("102", "100", "a", 1);
    expect(ledger.findings().lost).toEqual(["100/a"]);
  });

  it("[P15] calls doubled what one screen showed twice, not what two screens showed once", () => {
    ledger.shown("101", "100", "a", 1);
    ledger.shown("102", "100", "a", 1);
    expect(ledger.findings().doubled).toEqual([]);
    ledger.shown("101", "100", "a", 1);
    expect(ledger.findings().doubled).toEqual(["100/a ×2 at 101"]);
  });

  it("[P12] calls reseated what was answered with two seqs", () => {
    ledger.acknowledged("100", "a", 1);
    ledger.acknowledged("100", "a", 1);
    expect(ledger.findings().reseated).toEqual([]);
    ledger.acknowledged("100", "a", 2);
    expect(ledger.findings().reseated).toEqual(["100/a"]);
  });

  it("[P7] calls a screen disordered whose seqs do not rise", () => {
    ledger.shown("101", "100", "a", 5);
    ledger.shown("101", "100", "b", 4);
    ledger.shown("102", "100", "c", 9);
    expect(ledger.findings().disordered).toEqual(["101"]);
  });

  it("prints one table", () => {
    ledger.acknowledged("100", "a", 1);
    expect(ledger.table("run").split("\n").slice(1)).toEqual([
      "  sent  acknowledged  stored  delivered  shown  lost  doubled",
      "     1             1       0          0      0     1        0",
    ]);
  });
});
