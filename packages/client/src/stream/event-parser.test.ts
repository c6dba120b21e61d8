import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventParser, type StreamEvent } from "./event-parser.ts";

const parse = (...pieces: readonly string[]) => {
  const parser = new EventParser();
  return pieces.flatMap((piece) => parser.push(piece));
};
const message = (data: string): StreamEvent => ({ name: "message", data });

describe("an event", () => {
  test.each([
    ["data", "data: a\n\n", [message("a")]],
    ["data without a space", "data:a\n\n", [message("a")]],
    ["data with two", "data:  a\n\n", [message(" a")]],
    ["several lines of data", "data: a\ndata\ndata: b\n\n", [message("a\n\nb")]],
    ["data with colons", "data: a:b: c\n\n", [message("a:b: c")]],
    ["empty data", "event: ping\ndata:\n\n", [{ name: "ping", data: "" }]],
    ["a name, an id", "id: e:7\nevent: close\ndata: {}\n\n", [{ name: "close", data: "{}" }]],
    ["a name that ends with its event", "event: x\ndata: 1\n\ndata: 2\n\n", [{ name: "x", data: "1" }, message("2")]],
    ["a name without data", "event: x\n\ndata: 2\n\n", [message("2")]],
    ["comments and unknown fields", ": hello\n:\nretry: 5\nfoo: bar\ndata: a\n\n", [message("a")]],
    ["separators that are none", "data: a\u2028b\u0085c\u000bd\n\n", [message("a\u2028b\u0085c\u000bd")]],
    ["half an event", "data: a\n", []],
    ["nothing", "\n\n\n", []],
  ])("[P41] of %s", (_what, text, events) => {
    expect(parse(text)).toEqual(events);
    for (const end of ["\r", "\r\n"]) expect(parse(text.replaceAll("\n", end))).toEqual(events);
    expect(parse(...Array.from(text))).toEqual(events);
  });

  test("[P41] that ends between \\r and \\n ends once", () => {
    expect(parse("data: a\r", "\n\r", "\ndata: b\r\n", "\r\n")).toEqual([message("a"), message("b")]);
    expect(parse("data: a\r", "\r", "\ndata: b\n\n")).toEqual([message("a"), message("b")]);
  });

  test("[P41] is told as soon as it is whole, not with the next", () => {
    const parser = new EventParser();
    expect(parser.push("data: a\r")).toEqual([]);
    expect(parser.push("\n\r")).toEqual([message("a")]);
  });

  test("[P30] that never ends is given up", () => {
    const parser = new EventParser();
    expect(() => {
      for (let n = 0; n < 40; n++) parser.push("x".repeat(65_536));
    }).toThrow(RangeError);
    const lines = new EventParser();
    expect(() => {
      for (let n = 0; n < 40; n++) lines.push(`data: ${"x".repeat(65_536)}\n`);
    }).toThrow(RangeError);
  });

  test("[P43] is not what keeps a stream alive: comments may go on for ever", () => {
    const parser = new EventParser();
    for (let n = 0; n < 100; n++) parser.push(`: ${"x".repeat(65_536)}\n`);
    expect(parser.push("data: a\n\n")).toEqual([message("a")]);
  });
});

const line = fc
  .string({ unit: "binary", maxLength: 20 })
  .map((text) => text.toWellFormed().replaceAll(/[\r\n]/gu, "·"));
const event = fc.record({ name: fc.constantFrom("message", "close", "ping"), lines: fc.array(line, { minLength: 1 }) });
const end = fc.constantFrom("\n", "\r", "\r\n");

test("[P41] however bytes are cut and lines end, the events are those that were written", () => {
  const stream = fc.record({ events: fc.array(event), end, cuts: fc.infiniteStream(fc.integer({ min: 1, max: 7 })) });
  fc.assert(
    fc.property(stream, ({ events, end: lineEnd, cuts }) => {
      const written = events.map(({ name, lines }) =>
        [`event: ${name}`, ": between", ...lines.map((text) => `data: ${text}`), "", ""].join(lineEnd),
      );
      const parser = new EventParser();
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      const read: StreamEvent[] = [];
      let bytes = new TextEncoder().encode(written.join(""));
      while (bytes.length > 0) {
        const cut = cuts.next().value;
        read.push(...parser.push(decoder.decode(bytes.subarray(0, cut), { stream: true })));
        bytes = bytes.subarray(cut);
      }
      expect(read).toEqual(events.map(({ name, lines }) => ({ name, data: lines.join("\n") })));
    }),
    { numRuns: 1_000 },
  );
});
