import { expect, it } from "vitest";
import { Frames } from "./frames.ts";

const SHORT = ["", "short", "x".repeat(300)];
const LONG = [...SHORT, "y".repeat(70_000)];

it.each([
  [1, SHORT],
  [3, SHORT],
  [1_000, LONG],
  [100_000, LONG],
])("messages are the same, however their bytes are cut: %i at a time", (step, messages) => {
  const stream = Buffer.concat([
    ...messages.map((text) => frame(0x81, text)),
    frame(0x01, "in two "),
    frame(0x89, "ping"),
    frame(0x80, "parts"),
    frame(0x88, "\u0003\u0000bye"),
  ]);
  const got: string[] = [];
  const frames = new Frames({
    onMessage: (bytes, start, end) => got.push(bytes.toString("utf8", start, end)),
    onPing: (payload) => got.push(`ping ${payload.toString()}`),
    onClose: (payload) => got.push(`close ${payload.toString("utf8", 2)}`),
  });
  for (let at = 0; at < stream.length; at += step) {
    const shared = Buffer.from(stream.subarray(at, at + step));
    frames.read(shared, 0, shared.length);
    shared.fill(0); // As the next read does.
  }
  expect(got).toEqual([...messages, "ping ping", "in two parts", "close bye"]);
});

/** As a server sends it. */
function frame(first: number, text: string): Buffer {
  const { length } = text;
  const size = Buffer.alloc(
    length < 126 ? 1 : length < 65_536 ? 3 : 9,
    length < 126 ? length : length < 65_536 ? 126 : 127,
  );
  if (size.length === 3) size.writeUInt16BE(length, 1);
  if (size.length === 9) size.writeBigUInt64BE(BigInt(length), 1);
  return Buffer.concat([Buffer.from([first]), size, Buffer.from(text)]);
}
