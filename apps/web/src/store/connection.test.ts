import { Close } from "@carillon/protocol";
import { expect, test } from "vitest";
import { connection, connectionIs, forgetConnection } from "./connection.ts";
import { hangUpOf } from "./hang-up.ts";

test("a hub that answered once has been heard, also while it is away again", () => {
  forgetConnection();
  connectionIs({ at: "connecting" });
  expect(connection.getState().heard).toBe(false);
  connectionIs({ at: "online", transport: "websocket" });
  connectionIs({ at: "waiting", until: 1, code: undefined });
  expect(connection.getState()).toEqual({ status: { at: "waiting", until: 1, code: undefined }, heard: true });
  forgetConnection();
  expect(connection.getState()).toEqual({ status: { at: "stopped" }, heard: false });
});

test("every row of the table of close codes is known by its code", () => {
  for (const [name, { code }] of Object.entries(Close)) expect(hangUpOf(code)).toBe(name);
  expect(hangUpOf(1006)).toBeUndefined();
});
