import { describe, expect, test } from "vitest";
import { Close, decodeDown, decodeUp } from "./index.ts";
import { type ExampleLine, examples } from "./testing/contract.ts";

describe.each([...examples()])("the examples of %s", (rule, lines) => {
  test(`[${rule}] there is one`, () => {
    expect(lines).not.toEqual([]);
  });

  test.each(lines.filter(({ what }) => what === "down"))(`[${rule}] down $said`, ({ said }) => {
    expect(decodeDown(said)).toEqual({ ok: true, message: JSON.parse(said) });
  });

  test.each(lines.filter(({ what }) => what === "close"))(`[${rule}] close $said`, ({ said }) => {
    expect(Object.values(Close).some(({ code, reason }) => said.startsWith(`${code} ${reason}`))).toBe(true);
  });

  const ups = lines.flatMap((line, n) => (line.what === "up" ? [{ ...line, next: lines[n + 1] }] : []));
  test.each(ups)(`[${rule}] up $said`, ({ said, next }) => {
    const decoded = decodeUp(said);
    if (accuses(next)) expect(decoded).toEqual({ ok: false, reason: next?.said.replace("4500 ", "") });
    else expect(decoded).toMatchObject({ ok: true });
  });

  test(`[${rule}] every line is a frame, a close, or words of HTTP or WebSocket`, () => {
    const known = new Set(["up", "down", "close", "http", "ping", "pong"]);
    expect(lines.filter(({ what }) => !known.has(what))).toEqual([]);
  });
});

/** The line after a frame that breaks the protocol (P3). */
function accuses(next: ExampleLine | undefined): boolean {
  return next?.what === "close" && next.said.startsWith(String(Close.badFrame.code));
}
