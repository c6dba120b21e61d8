import { describe, expect, test } from "vitest";
import { Close, mayReturn } from "./index.ts";
import { quoted, tableOf } from "./testing/contract.ts";

const rows = Object.entries(Close);

describe("the table of close codes", () => {
  test("[P21] the contract's table has exactly the rows of Close, in order", () => {
    const written = tableOf("code", "reason", "meaning").map(([code, reason = ""]) => ({
      code: Number(code),
      reason: quoted(reason)[0]?.replace(/…$/, ""),
    }));
    const coded = rows.map(([, { code, reason }]) => ({ code, reason }));
    expect(written).toEqual(coded);
  });

  test("[P21] no code stands for two reasons", () => {
    expect(new Set(rows.map(([, { code }]) => code)).size).toBe(rows.length);
  });

  test.each(rows)("[P21] %s is in a range of ours and its reason fits a close frame", (_name, { code, reason }) => {
    expect(code >= 4000 && code <= 4999).toBe(true);
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
  });
});

describe("whether to return", () => {
  /** Total: a new row has to say it here. */
  const RETURNS: Readonly<Record<keyof typeof Close, boolean>> = {
    restarting: true,
    tokenExpired: true,
    silent: true,
    tooSlow: true,
    unavailable: true,
    helloTimeout: true,
    crowded: true,
    flooding: true,
    disconnected: true,
    keysUnavailable: true,
    badFrame: false,
    tokenRefused: false,
    replaced: false,
    revoked: false,
  };

  test.each(rows)("[P21] the range of %s says what its row means", (name, { code }) => {
    expect(Object.entries(RETURNS).find(([row]) => row === name)).toEqual([name, mayReturn(code)]);
  });

  test.each([4000, 4399, 4499])("[P21] yes after %i, also where a later hub gave it a meaning", (code) => {
    expect(mayReturn(code)).toBe(true);
  });

  test.each([4500, 4504, 4999])("[P21] no after %i, also where a later hub gave it a meaning", (code) => {
    expect(mayReturn(code)).toBe(false);
  });

  test.each([1002, 1003, 1007, 1008, 1009, 1010])(
    "[P21] no after %i, which accuses the client's own frames",
    (code) => {
      expect(mayReturn(code)).toBe(false);
    },
  );

  test.each([1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015, 3000])("[P21] yes after %i", (code) => {
    expect(mayReturn(code)).toBe(true);
  });
});
