import { Close } from "@carillon/protocol";
import { expect, it } from "vitest";
import { Line } from "../faults/line.ts";
import { Fleet } from "./fleet.ts";

/** Milliseconds within which the users of a hub that ended without a word are away (P46), and what a busy machine may add. */
const PROMISE_MS = 26_000;
const BUSY_MS = 5_000;

it("[P46] the users of a hub that is killed are away within 26 s, unless they are back on another", async () => {
  await using fleet = await Fleet.start();
  const [first, second, third] = fleet.hubs;
  using watcher = await Line.to(first.port, "100");
  using lines = new DisposableStack();
  lines.use(await Line.to(second.port, "101"));
  const moving = await Line.to(second.port, "102");
  watcher.watch("101", "102");
  await Promise.all([watcher.sees("101", true), watcher.sees("102", true)]);
  const from = performance.now();
  await second.kill();
  await moving.gone();
  lines.use(await Line.to(third.port, "102"));
  await watcher.sees("101", false);
  const took = performance.now() - from;
  console.log(`the users of a hub that was killed are told to be away after ${(took / 1_000).toFixed(1)} s`);
  expect(took).toBeLessThan(PROMISE_MS + BUSY_MS);
  expect(watcher.told).toEqual([
    { uid: "101", online: true },
    { uid: "102", online: true },
    { uid: "101", online: false },
  ]);
});

it("[P32] a token that is revoked on one hub is hung up on by all, in less than a second", async () => {
  await using fleet = await Fleet.start();
  const [first, second, third] = fleet.hubs;
  const lines = await Promise.all([first, second, third].map(({ port }) => Line.to(port, "101")));
  const from = performance.now();
  const revoked = await fetch(`${first.url}/v1/revocations`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_SECRET}`, "content-type": "application/json" },
    body: JSON.stringify({ uid: "101" }),
  });
  expect(revoked.ok).toBe(true);
  expect(await Promise.all(lines.map((line) => line.gone()))).toEqual(lines.map(() => Close.revoked.code));
  expect(performance.now() - from).toBeLessThan(1_000 + BUSY_MS);
});

/** The one that demo mode knows. */
const API_SECRET = "carillon-demo-api-key-that-everybody-knows";
